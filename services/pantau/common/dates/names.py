"""Names of months, days and halves of the day in the languages that news comes in.

The names are those of the Unicode CLDR (full, abbreviated and genitive forms), with spellings that
feeds use beside them. Names are compared without capitals and accents (see `fold`), so `AOÛT`,
`août` and `aout` are one.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_MONTHS_BY_LANGUAGE: Final[dict[str, str]] = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
    "|september sep sept|october oct|november nov|december dec",
    "id": "januari|februari pebruari peb|maret mrt|april|mei|juni|juli|agustus agu agt ags agst"
    "|september|oktober okt|november nopember nop|desember des",
    "ms": "januari|februari|mac|april|mei|jun|julai|ogos ogo|september|oktober|november"
    "|disember dis",
    "tl": "enero ene|pebrero peb|marso|abril abr|mayo|hunyo hun|hulyo hul|agosto ago|setyembre set"
    "|oktubre okt|nobyembre nob|disyembre dis",
    "es": "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre set"
    "|octubre|noviembre|diciembre dic",
    "pt": "janeiro|fevereiro fev|março|abril abr|maio mai|junho|julho|agosto ago|setembro set"
    "|outubro out|novembro|dezembro dez",
    "it": "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto ago"
    "|settembre set sett|ottobre ott|novembre|dicembre dic",
    "ca": "gener gen|febrer|març|abril abr|maig|juny|juliol|agost ag|setembre set|octubre"
    "|novembre|desembre",
    "fr": "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août aou|septembre"
    "|octobre|novembre|décembre déc",
    "ro": "ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august"
    "|septembrie|octombrie|noiembrie noi|decembrie",
    "de": "januar jänner jän|februar feber|märz maerz mär mrz|april|mai|juni|juli|august"
    "|september|oktober okt|november|dezember dez",
    "nl": "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober okt"
    "|november|december",
    "sv da nb": "januari januar|februari februar febr|mars marts|april|maj mai|juni|juli"
    "|augusti august|september|oktober okt|november|december desember",
    "fi": "tammikuuta tammikuu tammi|helmikuuta helmikuu helmi|maaliskuuta maaliskuu maalis"
    "|huhtikuuta huhtikuu huhti|toukokuuta toukokuu touko|kesäkuuta kesäkuu kesä"
    "|heinäkuuta heinäkuu heinä|elokuuta elokuu elo|syyskuuta syyskuu syys|lokakuuta lokakuu loka"
    "|marraskuuta marraskuu marras|joulukuuta joulukuu joulu",
    "pl": "stycznia styczeń sty|lutego luty lut|marca marzec|kwietnia kwiecień kwi|maja maj"
    "|czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz"
    "|października październik paź|listopada listopad lis|grudnia grudzień gru",
    "cs": "ledna leden led|února únor úno|března březen bře|dubna duben dub|května květen kvě"
    "|června červen čvn|července červenec čvc|srpna srpen srp|září zář|října říjen říj"
    "|listopadu listopad lis|prosince prosinec pro",
    "sk": "január januára|február februára|marec marca|apríl apríla|máj mája|jún júna|júl júla"
    "|august augusta|september septembra|október októbra|november novembra|december decembra",
    "sl": "januar januarja|februar februarja|marec marca|april aprila|maj maja|junij junija"
    "|julij julija|avgust avgusta avg|september septembra|oktober oktobra|november novembra"
    "|december decembra",
    "hr": "siječnja siječanj sij|veljače veljača velj|ožujka ožujak ožu|travnja travanj tra"
    "|svibnja svibanj svi|lipnja lipanj|srpnja srpanj|kolovoza kolovoz kol|rujna rujan ruj|-"
    "|studenoga studenog studeni stu|prosinca prosinac",
    "et": "jaanuar jaan|veebruar veebr|märts|aprill|mai|juuni|juuli|august|september|oktoober"
    "|november|detsember dets",
    "lv": "janvāris janvārī|februāris februārī|marts martā|aprīlis aprīlī|maijs maijā"
    "|jūnijs jūnijā jūn|jūlijs jūlijā jūl|augusts augustā|septembris septembrī|oktobris oktobrī"
    "|novembris novembrī|decembris decembrī",
    "lt": "sausio saus|vasario vas|kovo kov|balandžio bal|gegužės geg|birželio birž|liepos liep"
    "|rugpjūčio rugp|rugsėjo rugs|spalio spal|lapkričio lapkr|gruodžio gruod",
    "gl": "xaneiro xan|febreiro|marzo|abril|maio|xuño|xullo|agosto|setembro|outubro|novembro"
    "|decembro",
    "hu": "január|február febr|március márc|április ápr|május máj|június jún|július júl"
    "|augusztus|szeptember szept|október|november|december",
    "tr": "ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu"
    "|eylül eyl|ekim eki|kasım kas|aralık ara",
    "el": "ιανουαρίου ιανουάριος ιαν|φεβρουαρίου φεβρουάριος φεβ|μαρτίου μάρτιος μαρ"
    "|απριλίου απρίλιος απρ|μαΐου μάιος μαϊ|ιουνίου ιούνιος ιουν|ιουλίου ιούλιος ιουλ"
    "|αυγούστου αύγουστος αυγ|σεπτεμβρίου σεπτέμβριος σεπ|οκτωβρίου οκτώβριος οκτ"
    "|νοεμβρίου νοέμβριος νοε|δεκεμβρίου δεκέμβριος δεκ",
    "ru": "января январь янв|февраля февраль фев февр|марта март мар|апреля апрель апр|мая май"
    "|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сен сент"
    "|октября октябрь окт|ноября ноябрь ноя нояб|декабря декабрь дек",
    "uk": "січня січень січ|лютого лютий лют|березня березень бер|квітня квітень квіт|травня"
    " травень трав|червня червень черв|липня липень лип|серпня серпень серп|вересня вересень вер"
    "|жовтня жовтень жовт|листопада листопад лист|грудня грудень груд",
    "bg": "януари яну|февруари|март|април|май|юни|юли|август|септември|октомври|ноември ное"
    "|декември",
    "ar": "يناير جانفي|فبراير فيفري|مارس|أبريل ابريل إبريل أفريل|مايو ماي|يونيو يونيه جوان"
    "|يوليو يوليه جويلية|أغسطس اغسطس أوت|سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر",
    "ar-levant": "-|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|-|-|-",
    "fa": "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
    "he": "ינואר ינו|פברואר פבר|מרץ|אפריל אפר|מאי|יוני|יולי|אוגוסט אוג|ספטמבר ספט|אוקטובר אוק"
    "|נובמבר נוב|דצמבר דצמ",
    "hi": "जनवरी|फ़रवरी फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर"
    "|नवंबर नवम्बर|दिसंबर दिसम्बर",
    "bn": "জানুয়ারি জানুয়ারী|ফেব্রুয়ারি ফেব্রুয়ারী|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",
    "th": "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม",
    "zh": "一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月",
}
"""Names of the twelve months, parted by `|`; a name that two languages share must mean one month.

That keeps the Croatian October out, whose `listopada` is November in Polish and Ukrainian.
"""

_DAYS: Final = """
    monday mon tuesday tue tues wednesday wed weds thursday thu thur thurs friday fri
    saturday sat sunday sun
    legi pahing pon wage kliwon
    senin sen selasa sel rabu rab kamis kam jumat jum'at jum sabtu sab minggu min ahad
    isnin isn khamis kha jumaat lunes lun martes miércoles mié mier jueves jue viernes vie sábado
    domingo dom lunedì lun martedì mercoledì mer giovedì gio venerdì ven sabato domenica
    lundi mardi mercredi jeudi jeu vendredi samedi sam dimanche dim
    segunda terça quarta quinta sexta feira seg ter qua qui sex dilluns dimarts dimecres dijous
    divendres dissabte diumenge
    luni lun marți mie joi dum miercuri vineri vin sâmbătă duminică
    montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so
    maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo
    måndag mån mandag tisdag tis tirsdag onsdag ons torsdag tors fredag fre lördag lör lørdag
    söndag sön søndag
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina
    keskiviikkona torstaina perjantaina lauantaina sunnuntaina
    poniedziałek pon wtorek wto środa śro czwartek czw piątek pią sobota sob niedziela nie
    pondělí úterý středa čtvrtek pátek neděle
    hétfő kedd szerda csütörtök péntek szombat vasárnap
    pazartesi pzt salı sal çarşamba çar perşembe per cuma cum cumartesi cmt pazar paz
    thứ hai tư năm sáu bảy chủ nhật
    δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρι τετ πεμ παρ σαβ κυρ
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс пон втр
    понеділок вівторок середа п'ятниця субота неділя
    الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد اثنين ثلاثاء أربعاء
    خميس جمعة سبت أحد دوشنبه چهارشنبه جمعه شنبه یکشنبه پنجشنبه
    סוני שלישי רביעי חמישי שישי שבת ראשון יום
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
    วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์ ที่
    星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日
    週一 週二 週三 週四 週五 週六 週日 一 二 三 四 五 六 日 月 火 水 木 金 土
    月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
    월요일 화요일 수요일 목요일 금요일 토요일 일요일 월 화 수 목 금 토 일
"""
_FILLERS: Final = """
    pukul pkl jam tanggal tgl pada st nd rd th at on the of published updated diperbarui
    dipublikasikan terbit t asia
    de del di da do dos el la las le les los a à á às alle ore um uhr om uur kl klo den d der
    publié publicado atualizado em
    г года в р року о об год godz roku r év saat ngày lúc στις ώρα ч час часов
    في الساعة ساعة बजे เวลา น
"""
_HALVES: Final[dict[str, str]] = {
    "a": "am a pagi 上午 凌晨 早上 清晨 午前 오전 새벽 صباحا صباحًا ص sa sáng πμ öö पूर्वाह्न",
    "p": "pm p sore petang 下午 傍晚 午後 오후 مساء مساءً م ch chiều μμ ös अपराह्न",
}


@lru_cache(maxsize=4_096)
def fold(word: str) -> str:
    """Return a word in lower case and without the accents of Latin, Greek and Cyrillic letters."""
    parts = unicodedata.normalize("NFKD", word.lower()).replace("ı", "i").replace("ł", "l")
    kept = "".join(one for one in parts if not "\u0300" <= one <= "\u036f")
    return unicodedata.normalize("NFC", kept)


def months_by_name() -> dict[str, int]:
    """Build the table of folded names to numbers of months.

    Raises ValueError for a name that would mean two months.
    """
    found: dict[str, int] = {}
    for language, listed in _MONTHS_BY_LANGUAGE.items():
        for number, names in enumerate(listed.split("|"), start=1):
            for name in map(fold, names.replace("-", " ").split()):
                if found.setdefault(name, number) != number:
                    message = f"{name} ({language}) means months {found[name]} and {number}"
                    raise ValueError(message)
    return found


MONTHS: Final = months_by_name()
"""Folded names of months to their numbers."""
DAY_NAMES: Final = frozenset(map(fold, _DAYS.split()))
"""Folded names of the days of the week; what they say is often wrong and never used."""
DAYS_OR_MONTHS: Final = frozenset(map(fold, ("mar", "paz")))
"""Months whose name is a day's elsewhere: `mar` is Tuesday in Spanish, `paz` Sunday in Turkish."""
FILLERS: Final = frozenset(map(fold, _FILLERS.split()))
"""Folded words around a date, which say nothing that the numbers do not."""
HALVES: Final[dict[str, str]] = {
    fold(name): half for half, names in _HALVES.items() for name in names.split()
}
"""Folded words for the half of the day to `a` (before noon) or `p`."""

ZONES: Final[dict[str, int]] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "wib": 420, "wita": 480, "wit": 540,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210,
    "ndt": -150, "brt": -180, "art": -180,
    "jakarta": 420, "makassar": 480, "jayapura": 540,
    "bst": 60, "west": 60, "cet": 60, "met": 60, "mez": 60, "cest": 120, "mest": 120, "mesz": 120,
    "cat": 120, "sast": 120, "eet": 120, "eest": 180, "eat": 180, "msk": 180, "мск": 180,
    "trt": 180, "gst": 240, "pkt": 300, "npt": 345, "ict": 420, "hkt": 480, "sgt": 480,
    "myt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540, "acst": 570, "acdt": 630,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
"""Zone names to minutes east of UTC, as RFC 822 and everyday use have them.

`ist`, which three zones use, is not read.
"""
