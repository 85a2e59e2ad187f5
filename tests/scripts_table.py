"""What readers of each language must get: redlines of five changes, searches and typed links; one table for the build and the browser."""

from __future__ import annotations

# Language: (the text before, the text after, what the redline says).
REDLINES: dict[str, list[tuple[str, str, str]]] = {
    "ja": [
        ("七日以内に通知します。", "三日以内に通知します。", "[-七-]{+三+}日以内に通知します。"),
        (
            "利用者は本サービスを利用できます。詳細は当社が定めます。",
            "利用者は本アプリを利用できます。詳細は当社が定めます。",
            "利用者は本[-サービス-]{+アプリ+}を利用できます。詳細は当社が定めます。",
        ),
        ("１０日から三十日まで", "３０日から六十日まで", "[-１０-]{+３０+}日から[-三十-]{+六十+}日まで"),
        ("第七条に定めるところによる", "第八条の規定による", "第[-七-]{+八+}条[-に定めるところ-]{+の規定+}による"),
        # Characters that both happen to have do not break up what was rewritten.
        ("当社は個人情報を取得します。", "利用者に関する情報を収集する。", "[-当社は個人情報を取得します-]{+利用者に関する情報を収集する+}。"),
        ("当社は取得した情報", "弊店が収集した資料", "[-当社は取得した情報-]{+弊店が収集した資料+}"),
        ("取り扱うIPアドレス", "取り扱いますIPv6アドレス", "取り扱[-うIP-]{+いますIPv6+}アドレス"),
    ],
    "zh_CN": [
        ("自收到之日起七日内答复。", "自收到之日起十五日内答复。", "自收到之日起[-七-]{+十五+}日内答复。"),
        ("我们收集您的信息。", "我们收集并使用您的信息。", "我们收集{+并使用+}您的信息。"),
        ("保存期限为30日。", "保存期限为60日。", "保存期限为[-30-]{+60+}日。"),
        ("我们收集您的信息。", "本公司处理用户的资料。", "[-我们收集您的信息-]{+本公司处理用户的资料+}。"),
        ("姓名、地址和电话", "姓名和电话", "姓名[-、地址-]和电话"),
    ],
    "de": [
        ("binnen sieben Tagen", "binnen drei Tagen", "binnen [-sieben-]{+drei+} Tagen"),
        ("nach § 7 Abs. 2", "nach § 8 Abs. 2", "nach § [-7-]{+8+} Abs. 2"),
        ("10.000 Euro", "20.000 Euro", "[-10.000-]{+20.000+} Euro"),
        ("der Datenschutzbeauftragte", "der Datenschutzkoordinator", "der [-Datenschutzbeauftragte-]{+Datenschutzkoordinator+}"),
        # An umlaut that is stored in two parts is one letter.
        ("Verträge", "Vertra\u0308ge und Auftra\u0308ge", "[-Verträge-]{+Vertra\u0308ge und Auftra\u0308ge+}"),
    ],
    "ar": [
        ("خلال سبعة أيام", "خلال ثلاثة أيام", "خلال [-سبعة-]{+ثلاثة+} أيام"),
        ("خلال ٧ أيام", "خلال ٣ أيام", "خلال [-٧-]{+٣+} أيام"),
        ("مبلغ ١٠٬٠٠٠ ريال", "مبلغ ٢٠٬٠٠٠ ريال", "مبلغ [-١٠٬٠٠٠-]{+٢٠٬٠٠٠+} ريال"),
        ("سياسةُ الخصوصية", "سياسةَ الخصوصية", "[-سياسةُ-]{+سياسةَ+} الخصوصية"),
        ("الاسم، والعنوان، والهاتف", "الاسم، والهاتف", "الاسم، [-والعنوان، -]والهاتف"),
    ],
    "ko": [
        ("3개월 보관합니다.", "6개월 보관합니다.", "[-3-]{+6+}개월 보관합니다."),
        ("회사는 보관", "회사가 보관", "회사[-는-]{+가+} 보관"),
        ("이용자에게 알립니다.", "이용자에게 즉시 알립니다.", "이용자에게 {+즉시 +}알립니다."),
        ("약관은 공개합니다.", "방침은 공개합니다.", "[-약관-]{+방침+}은 공개합니다."),
        ("제3조 또는 제5조", "제4조 또는 제6조", "제[-3-]{+4+}조 또는 제[-5-]{+6+}조"),
    ],
    "th": [
        ("ภายใน 7 วัน", "ภายใน 30 วัน", "ภายใน [-7-]{+30+} วัน"),
        ("ภายใน ๗ วัน", "ภายใน ๓๐ วัน", "ภายใน [-๗-]{+๓๐+} วัน"),
        ("เก็บข้อมูลไว้", "เก็บรักษาข้อมูลไว้", "เก็บ{+รักษา+}ข้อมูลไว้"),
        # A syllable keeps its vowels and tones.
        ("ดื่มน้ำ", "ดื่มน้า", "ดื่ม[-น้ำ-]{+น้า+}"),
        ("ข้อมูลของเธอ", "ข้อมูลของเขา", "ข้อมูลของ[-เธอ-]{+เขา+}"),
    ],
    "other": [
        ("ຂໍ້ມູນ 7 ມື້", "ຂໍ້ມູນ 9 ມື້", "ຂໍ້ມູນ [-7-]{+9+} ມື້"),
        ("ក្រុមហ៊ុន", "ក្រុមគ្រួសារ", "ក្រុម[-ហ៊ុន-]{+គ្រួសារ+}"),
        ("ကုမ္ပဏီသည်", "ကုမ္ပဏီက", "ကုမ္ပဏီ[-သည်-]{+က+}"),
        ("این کار می‌شود", "این کار می‌کند", "این کار [-می‌شود-]{+می‌کند+}"),
        ("a 👩‍👩‍👧 b 🇰🇷", "a 👩‍👩‍👦 b 🇰🇵", "a [-👩‍👩‍👧-]{+👩‍👩‍👦+} b [-🇰🇷-]{+🇰🇵+}"),
        ("नीति लागू", "नीतियाँ लागू", "[-नीति-]{+नीतियाँ+} लागू"),
        ("מְדִינִיּוּת הפרטיות", "מדיניות הפרטיות", "[-מְדִינִיּוּת-]{+מדיניות+} הפרטיות"),
    ],
}  # fmt: skip
ALL_REDLINES = [(language, *case) for language, cases in REDLINES.items() for case in cases]

_DAYS = "art-2-para-2"
_NAME = "art-2-para-1-point-1"
_ADDRESS = "art-2-para-1-point-2"
# Language: {what is asked of the site of many_languages: a provision that is found}.
SEARCHES: dict[str, dict[str, str]] = {
    "en": {
        "email": _NAME,
        "e-mail": _NAME,
        "mails": _NAME,
        "contractor": "art-3",
        "ＩＰ": _ADDRESS,
        "destroyed": _DAYS,
        "consenting": "art-3",
        '"personal data"': "art-1",
        "６０ days": _DAYS,
        "due": "",
    },
    "ja": {
        "個人": "art-1",
        "サーバー": _DAYS,
        "さーばー": _DAYS,
        "ｻｰﾊﾞｰ": _DAYS,
        "ip": _ADDRESS,
        "IPアドレス": _ADDRESS,
        "取扱い": "art-1",
        "同意を得て": "art-3",
        "契約 消去": _DAYS,
        "60日": _DAYS,
        "６０日": _DAYS,
        "0日": "",
        "第2条": "art-2",
    },
    "zh_CN": {
        "个人": "art-1",
        "信息": "art-1",
        "电子邮件": _NAME,
        "ip地址": _ADDRESS,
        "合同 销毁": _DAYS,
        "60日": _DAYS,
        "同意": "art-3",
        "受托方": "art-3",
        "hanbit": "art-1",
        "第３条": "art-3",
    },
    "de": {
        "Gerät": _ADDRESS,
        "Geraet": _ADDRESS,
        "gerat": _ADDRESS,
        "Email": _NAME,
        "e mail": _NAME,
        "IP Adresse": _ADDRESS,
        "loeschen": _DAYS,
        "Löschung": _DAYS,
        "Auftragnehmern": "art-3",
        "VERTRAG": _DAYS,
        "einwilligen": "art-3",
    },
    "ar": {
        "البيانات": "art-1",
        "بيانات": "art-1",
        "والبيانات": "art-1",
        "الالكتروني": _NAME,
        "الـبـيـانـات": "art-1",
        "نتلف": _DAYS,
        "٦٠ يوما": _DAYS,
        "سنه": "art-3",
        "موافقة": "art-3",
        "عنوان ip": _ADDRESS,
        "تبين": "art-1",
    },
    "he": {
        "מידע": "art-1",
        "המידע": "art-2-para-1",
        "קבלן": "art-3",
        "מְדַע": "",
        "הסכמה": "art-3",
        "IP": _ADDRESS,
        "60 ימים": _DAYS,
        "החוזה": _DAYS,
        "שמך": _NAME,
        "תנאים": "art-1",
    },
    "ko": {
        "동의를 받아": "art-3",
        "파기한다": _DAYS,
        "제공받는 자": "art-3",
        "알린다": "art-3",
        "개인 정보": "art-1",
        "처리되는": "art-1",
        "이메일": _NAME,
        "e메일": "",
        "ＩＰ주소": _ADDRESS,
        "60일": _DAYS,
        "0일": "",
        "수탁자에게는": "art-3",
    },
    "th": {
        "ข้อมูล": "art-1",
        "บุคคล": "art-1",
        "อีเมล": _NAME,
        "ip": _ADDRESS,
        "ทำลาย": _DAYS,
        "60 วัน": _DAYS,
        "๖๐ วัน": _DAYS,
        "ความยินยอม": "art-3",
        "ผู้รับจ้าง": "art-3",
        "สัญญาสิ้นสุด": _DAYS,
    },
}  # fmt: skip
# Language: {what is nowhere: what comes nearest}.
NEAREST = {
    "en": {"consnt": "art-3", "contractor zzz": "art-3"},
    "ja": {"個人情法": "art-1"},
    "de": {"Einwiligung": "art-3"},
    "ko": {"개인정버": "art-1", "개인정보처리": "art-1"},
}
# Words that a search takes for the same, in the order of what is asked and what is found.
SAME = (
    ("ＩＰ", "ip"),
    ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
    ("ひらがな", "ヒラガナ"),
    ("か\u3099", "が"),
    ("Điều khoản bảo mật", "dieu khoan bao mat"),
    ("Données à caractère", "donnees a caractere"),
    ("Straße", "STRASSE"),
    ("œuvre", "oeuvre"),
    ("إشعار", "اشعار"),
    ("آخر ٱلله", "اخر الله"),
    ("سياسةُ الخصوصيّة", "سياسه الخصوصيه"),
    ("میں", "مي\u06ba"),
    ("مِـنْ ١٢۳", "من 123"),
    ("מְדִינִיּוּת", "מדיניות"),
    ("מידענים", "מידענימ"),
    ("๑๒ ១២ १२", "12 12 12"),
    ("o’clock", "o'clock"),
    ("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"),
)
# What must not become the same.
DIFFERENT = (("が", "か"), ("ぱ", "ば"), ("й", "и"), ("น้ำ", "นำ"), ("की", "का"), ("글", "그"))
# Language: {what is typed behind the address of a version of many_languages: where it leads; "" if it is no provision}.
TYPED = {
    "en": {"article-2": "art-2", "Article 2 ① 1.": _NAME, "article": "", "purpose-x": ""},
    "ja": {
        "第2条第1項": "art-2-para-1",
        "第２条①": "art-2-para-1",
        "第二条第一項第二号": _ADDRESS,
        "第3条": "art-3",
        "第2条第9項": "art-2-para-9",
        "第9条": "",
        "第2条項": "",
    },
    "zh_CN": {"第2条": "art-2", "第二条第二款": _DAYS, "第2条1.2": _ADDRESS},
    "de": {"Artikel-2": "art-2", "artikel-2-abs-1-nr-2": _ADDRESS, "Artikel 2 ②": _DAYS},
    "ar": {"المادة-٢": "art-2", "المادة 2": "art-2", "المادة-٢-٢": _DAYS, "مادة": ""},
    "he": {"סעיף-2": "art-2", "סעיף 2(1)(2)": _ADDRESS},
    "ko": {"제2조제1항": "art-2-para-1", "제2조 제1항 제2호": _ADDRESS, "2-2": _DAYS},
    "th": {"ข้อ-2": "art-2", "ข้อ ๒ วรรค ๑": "art-2-para-1"},
}  # fmt: skip
# Headings as other languages print them, with what is typed for them.
LABELS = {
    "§ 7 Zweck": {"§7-2": "art-7-para-2", "§ 7 Abs. 2 Nr. 3": "art-7-para-2-point-3"},
    "Article premier (Objet)": {"article-premier": "art-7", "Article premier, 2": "art-7-para-2"},
    "المادة السابعة": {"المادة-السابعة": "art-7", "الماده السابعه": ""},
    "第七條 目的": {"第7條第2項": "art-7-para-2", "第七條": "art-7", "第七十條": ""},
    "제7조의2(목적)": {"제7조의2제2항": "art-7-para-2"},
    "Điều 7. Mục đích": {"dieu-7": "art-7", "Điều-7-2": "art-7-para-2"},
}
