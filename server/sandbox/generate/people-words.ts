import { jsonInner } from '../json-text.ts'

/** Where people of the sandbox live, and how they are called. All words are escaped for JSON already. */
export interface Homeland {
  readonly language: string
  readonly country: string
  readonly countryCode: string
  readonly continentCode: string
  /** Each of its places as the JSON text of a contact's location. */
  readonly locations: readonly string[]
  readonly firstNames: readonly string[]
  readonly lastNames: readonly string[]
  /** Begins a number of a range kept for fiction (North America 555-01xx, Ofcom's and ARCEP's drama numbers). */
  readonly phonePrefix: string
}

const rows: readonly [string, string, string, string, string, string, string, string, string][] = [
  [
    'en',
    'Ireland',
    'IE',
    'EU',
    'Leinster',
    'Dublin|Kilkenny|Dún Laoghaire',
    'Aoife|Seán|Niamh|Cillian|Róisín|Declan',
    "O'Hanlon|Byrne|Ní Dhomhnaill|Quinn|Kavanagh",
    '+447700900',
  ],
  [
    'en',
    'United States',
    'US',
    'NA',
    'California',
    'San Francisco|Fresno|Oakland',
    'Marcus|Jada|Ellen|Travis|Noor|Wes',
    'Whitfield|Delgado|Okafor|Baker-Lee|Stone',
    '+120255501',
  ],
  [
    'de',
    'Germany',
    'DE',
    'EU',
    'Bayern',
    'München|Nürnberg|Würzburg',
    'Jürgen|Käthe|Lukas|Änne|Sören|Birgit',
    'Müller|Groß|Weiß|Schäfer|von der Heide',
    '+447700900',
  ],
  [
    'fr',
    'France',
    'FR',
    'EU',
    'Île-de-France',
    'Paris|Évry|Saint-Denis',
    'Zoé|Étienne|Chloé|Loïc|Anaïs|Rémi',
    "Lefèvre|D'Angély|Bérenger|Noël|Garçon",
    '+33639980',
  ],
  [
    'es',
    'Spain',
    'ES',
    'EU',
    'Andalucía',
    'Málaga|Córdoba|Cádiz',
    'Iñigo|Begoña|Lucía|Andrés|Ángel|Inés',
    'Muñoz|Núñez|García|Ibáñez|Peña',
    '+33639981',
  ],
  [
    'pt',
    'Brazil',
    'BR',
    'SA',
    'São Paulo',
    'São Paulo|Santos|Ribeirão Preto',
    'João|Conceição|Luís|Antônia|Caetano|Íris',
    'Gonçalves|Araújo|Simões|Leão|Magalhães',
    '+120255501',
  ],
  [
    'ja',
    'Japan',
    'JP',
    'AS',
    '東京都',
    '新宿区|八王子市|渋谷区',
    '陽菜|蓮|結衣|大翔|美咲|颯太',
    '佐藤|鈴木|高橋|田中|髙橋',
    '+447700900',
  ],
  [
    'zh',
    'China',
    'CN',
    'AS',
    '广东省',
    '广州|深圳|珠海',
    '伟|芳|娜|秀英|敏|静',
    '王|李|张|刘|𠮷',
    '+447700900',
  ],
  [
    'ko',
    'South Korea',
    'KR',
    'AS',
    '서울특별시',
    '강남구|마포구|종로구',
    '서연|민준|지우|하은|도윤|예준',
    '김|이|박|최|정',
    '+447700900',
  ],
  [
    'ar',
    'Egypt',
    'EG',
    'AF',
    'القاهرة',
    'القاهرة|الجيزة|الإسكندرية',
    'محمد|فاطمة|أحمد|مريم|يوسف|ليلى',
    'حسن|إبراهيم|السيد|منصور|عبد الله',
    '+33639982',
  ],
  [
    'he',
    'Israel',
    'IL',
    'AS',
    'מחוז תל אביב',
    'תל אביב|חולון|רמת גן',
    'נועה|איתי|תמר|יואב|מאיה|אורי',
    'כהן|לוי|מזרחי|פרץ|ביטון',
    '+33639983',
  ],
  [
    'ru',
    'Kazakhstan',
    'KZ',
    'AS',
    'Алматы',
    'Алматы|Астана|Шымкент',
    'Ольга|Дмитрий|Айгерим|Сергей|Жанна|Игорь',
    'Иванова|Петров|Сейтқали|Смирнова|Ким',
    '+447700900',
  ],
  [
    'hi',
    'India',
    'IN',
    'AS',
    'महाराष्ट्र',
    'मुंबई|पुणे|नागपुर',
    'आरव|अनन्या|विवान|दीया|अर्जुन|ईशा',
    'शर्मा|पाटिल|देशमुख|कुलकर्णी|जोशी',
    '+120255501',
  ],
]

/** The thirteen homelands, right-to-left and CJK scripts among them. */
export const homelands: readonly Homeland[] = rows.map(
  ([language, country, countryCode, continentCode, region, cities, firstNames, lastNames, phonePrefix]) => ({
    language,
    country,
    countryCode,
    continentCode,
    locations: cities.split('|').map((city) =>
      JSON.stringify({
        type: 'location',
        country,
        region,
        city,
        country_code: countryCode,
        continent_code: continentCode,
      }),
    ),
    firstNames: split(firstNames),
    lastNames: split(lastNames),
    phonePrefix,
  }),
)

function split(words: string): readonly string[] {
  return words.split('|').map(jsonInner)
}
