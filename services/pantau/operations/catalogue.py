"""The operations that programs call, in the order in which the reference lists them."""

from typing import Final

from pantau.operations import (
    alerts,
    articles,
    entities,
    feeds,
    inbox,
    name_lists,
    pipeline,
    queries,
    stories,
)
from pantau.operations import subscriptions as subs
from pantau.operations.accounts import people
from pantau.operations.base.operation import FaceOperation, define
from pantau.operations.receivers import channels, templates
from pantau.operations.reports import clipping, schedules
from pantau.operations.subscription_models import (
    CopyOfSubscription,
    FeedAddressEntry,
    MuteOfSubscription,
    OneSubscription,
    PreviewAnswer,
    PreviewOfSubscription,
    Removed,
    SubscriptionEntry,
    SubscriptionFields,
    SubscriptionPatch,
    SubscriptionSaved,
    SubscriptionsFound,
    TrialsSent,
    VersionOfSubscription,
)
from pantau_schemas.events.article import EnrichedArticle

_NEWS: Final = (
    define(articles.search_articles, articles.ArticleSearch, articles.ArticlesFound),
    define(articles.read_article, articles.OneArticle, EnrichedArticle),
    define(articles.explain_alert, articles.AlertQuestion, articles.AlertReasons),
    define(stories.list_stories, stories.StoryList, stories.StoriesFound),
    define(stories.read_story, stories.OneStory, stories.StoryWhole),
    define(entities.list_entities, entities.NamesWanted, entities.NamesListed),
    define(entities.read_entity, entities.OneEntity, entities.EntityWhole),
    define(alerts.list_alerts, alerts.AlertList, alerts.AlertsFound),
    define(alerts.read_alert, alerts.OneAlert, alerts.AlertEntry),
    define(clipping.read_report, clipping.ReportWanted, clipping.ReportOfDay),
    define(clipping.export_report, clipping.ReportFileWanted, clipping.ReportFileMade),
    define(schedules.list_report_schedules, schedules.SchedulesWanted, schedules.SchedulesFound),
    define(
        schedules.schedule_report,
        schedules.ScheduleFields,
        schedules.ScheduleSaved,
        effect="changes",
    ),
    define(schedules.remove_report_schedule, schedules.OneSchedule, Removed, effect="removes"),
    define(inbox.list_inbox, inbox.InboxWanted, inbox.InboxFound),
    define(
        inbox.triage_alerts,
        inbox.TriageOfAlerts,
        inbox.TriageDone,
        effect="changes",
        repeatable=True,
    ),
    define(queries.check_query, queries.GivenQuery, queries.QueryChecked),
    define(queries.explain_query, queries.GivenQuery, queries.QueryExplained),
)
_SUBSCRIPTIONS: Final = (
    define(subs.list_subscriptions, subs.SubscriptionList, SubscriptionsFound),
    define(subs.read_subscription, OneSubscription, SubscriptionEntry),
    define(subs.create_subscription, SubscriptionFields, SubscriptionSaved, effect="changes"),
    define(subs.update_subscription, SubscriptionPatch, SubscriptionSaved, effect="changes"),
    define(subs.copy_subscription, CopyOfSubscription, SubscriptionSaved, effect="changes"),
    define(subs.remove_subscription, VersionOfSubscription, Removed, effect="removes"),
    define(
        subs.pause_subscription,
        OneSubscription,
        SubscriptionEntry,
        effect="changes",
        repeatable=True,
    ),
    define(
        subs.resume_subscription,
        OneSubscription,
        SubscriptionEntry,
        effect="changes",
        repeatable=True,
    ),
    define(subs.mute_subscription, MuteOfSubscription, SubscriptionEntry, effect="changes"),
    define(
        subs.unmute_subscription,
        OneSubscription,
        SubscriptionEntry,
        effect="changes",
        repeatable=True,
    ),
    define(
        subs.make_feed_address,
        OneSubscription,
        FeedAddressEntry,
        effect="changes",
    ),
    define(subs.revoke_feed_address, OneSubscription, Removed, effect="removes"),
    define(templates.read_template, templates.TemplateWanted, templates.TemplateAnswer),
    define(
        templates.change_template,
        templates.TemplateGiven,
        templates.TemplateAnswer,
        effect="changes",
        repeatable=True,
    ),
    define(subs.send_trial_messages, OneSubscription, TrialsSent, effect="sends"),
    define(subs.preview_subscription, PreviewOfSubscription, PreviewAnswer),
)
_FEEDS: Final = (
    define(feeds.list_feeds, feeds.FeedsWanted, feeds.FeedsFound),
    define(feeds.read_feed, feeds.OneFeed, feeds.FeedEntry),
    define(feeds.add_feed, feeds.NewFeed, feeds.FeedAdded, effect="changes", repeatable=True),
    define(feeds.update_feed, feeds.FeedPatch, feeds.FeedEntry, effect="changes"),
    define(feeds.remove_feed, feeds.VersionOfFeed, Removed, effect="removes"),
    define(feeds.poll_feed, feeds.OneFeed, feeds.FeedEntry, effect="changes"),
    define(feeds.pause_feed, feeds.OneFeed, feeds.FeedEntry, effect="changes", repeatable=True),
    define(feeds.resume_feed, feeds.OneFeed, feeds.FeedEntry, effect="changes", repeatable=True),
)
_OTHERS: Final = (
    define(channels.list_channels, channels.ChannelsWanted, channels.ChannelsFound),
    define(
        channels.resume_channel,
        channels.OneChannel,
        channels.ChannelUse,
        effect="changes",
        repeatable=True,
    ),
    define(name_lists.list_name_lists, name_lists.ListsWanted, name_lists.ListsFound),
    define(name_lists.read_name_list, name_lists.OneList, name_lists.ListWhole),
    define(
        name_lists.change_name_list, name_lists.ListPatch, name_lists.ListWhole, effect="changes"
    ),
    define(name_lists.remove_name_list, name_lists.ListRemoval, Removed, effect="removes"),
)
_PIPELINE: Final = (
    define(pipeline.read_status, pipeline.Nothing, pipeline.PipelineStatus),
    define(pipeline.list_dead_letters, pipeline.LettersWanted, pipeline.LettersFound),
    define(
        pipeline.retry_dead_letter,
        pipeline.OneLetter,
        pipeline.LetterRetried,
        effect="changes",
        right="admin",
    ),
    define(
        pipeline.discard_dead_letter,
        pipeline.OneLetter,
        pipeline.LetterDiscarded,
        effect="removes",
        right="admin",
    ),
)
_ACCOUNTS: Final = (
    define(people.list_accounts, people.AccountsWanted, people.AccountsFound, right="admin"),
    define(people.read_account, people.OneAccount, people.AccountEntry, right="admin"),
    define(
        people.add_account,
        people.NewAccount,
        people.AccountAdded,
        effect="changes",
        right="admin",
    ),
    define(
        people.change_account,
        people.AccountPatch,
        people.AccountEntry,
        effect="changes",
        right="admin",
    ),
    define(
        people.reset_password,
        people.OneAccount,
        people.AccountAdded,
        effect="changes",
        right="admin",
    ),
    define(
        people.end_sessions,
        people.OneAccount,
        people.AccountEntry,
        effect="changes",
        repeatable=True,
        right="admin",
    ),
    define(
        people.unlock_account,
        people.OneAccount,
        people.AccountEntry,
        effect="changes",
        repeatable=True,
        right="admin",
    ),
)
OPERATIONS: Final[dict[str, FaceOperation]] = {
    one.name: one for one in (*_NEWS, *_SUBSCRIPTIONS, *_FEEDS, *_OTHERS, *_PIPELINE, *_ACCOUNTS)
}
"""All operations, by name."""
