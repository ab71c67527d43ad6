/**
 * Names of code points. V8 has none, so there are those of the first 256 and of the Greek and Cyrillic alphabets, those
 * that follow from a decomposition (LATIN SMALL LETTER E WITH ACUTE), and those that a rule makes (Hangul syllables,
 * ideographs). Other code points have no name here: unicodedata.name() raises ValueError as if they were unassigned.
 */
const ASCII_SIGNS =
  'SPACE|EXCLAMATION MARK|QUOTATION MARK|NUMBER SIGN|DOLLAR SIGN|PERCENT SIGN|AMPERSAND|APOSTROPHE|LEFT PARENTHESIS|' +
  'RIGHT PARENTHESIS|ASTERISK|PLUS SIGN|COMMA|HYPHEN-MINUS|FULL STOP|SOLIDUS|DIGIT ZERO|DIGIT ONE|DIGIT TWO|DIGIT THREE|' +
  'DIGIT FOUR|DIGIT FIVE|DIGIT SIX|DIGIT SEVEN|DIGIT EIGHT|DIGIT NINE|COLON|SEMICOLON|LESS-THAN SIGN|EQUALS SIGN|' +
  'GREATER-THAN SIGN|QUESTION MARK|COMMERCIAL AT';
const LATIN_SIGNS =
  'NO-BREAK SPACE|INVERTED EXCLAMATION MARK|CENT SIGN|POUND SIGN|CURRENCY SIGN|YEN SIGN|BROKEN BAR|SECTION SIGN|DIAERESIS|' +
  'COPYRIGHT SIGN|FEMININE ORDINAL INDICATOR|LEFT-POINTING DOUBLE ANGLE QUOTATION MARK|NOT SIGN|SOFT HYPHEN|' +
  'REGISTERED SIGN|MACRON|DEGREE SIGN|PLUS-MINUS SIGN|SUPERSCRIPT TWO|SUPERSCRIPT THREE|ACUTE ACCENT|MICRO SIGN|' +
  'PILCROW SIGN|MIDDLE DOT|CEDILLA|SUPERSCRIPT ONE|MASCULINE ORDINAL INDICATOR|' +
  'RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK|VULGAR FRACTION ONE QUARTER|VULGAR FRACTION ONE HALF|' +
  'VULGAR FRACTION THREE QUARTERS|INVERTED QUESTION MARK';
const GREEK =
  'ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMDA MU NU XI OMICRON PI RHO - SIGMA TAU UPSILON PHI CHI PSI OMEGA';
const CYRILLIC =
  'A|BE|VE|GHE|DE|IE|ZHE|ZE|I|SHORT I|KA|EL|EM|EN|O|PE|ER|ES|TE|U|EF|HA|TSE|CHE|SHA|SHCHA|HARD SIGN|YERU|SOFT SIGN|E|YU|YA';
const HEBREW =
  'ALEF|BET|GIMEL|DALET|HE|VAV|ZAYIN|HET|TET|YOD|FINAL KAF|KAF|LAMED|FINAL MEM|MEM|FINAL NUN|NUN|SAMEKH|AYIN|FINAL PE|PE|' +
  'FINAL TSADI|TSADI|QOF|RESH|SHIN|TAV';

const single: Readonly<Record<number, string>> = {
  91: 'LEFT SQUARE BRACKET',
  92: 'REVERSE SOLIDUS',
  93: 'RIGHT SQUARE BRACKET',
  94: 'CIRCUMFLEX ACCENT',
  95: 'LOW LINE',
  96: 'GRAVE ACCENT',
  123: 'LEFT CURLY BRACKET',
  124: 'VERTICAL LINE',
  125: 'RIGHT CURLY BRACKET',
  126: 'TILDE',
  8239: 'NARROW NO-BREAK SPACE',
  198: 'LATIN CAPITAL LETTER AE',
  208: 'LATIN CAPITAL LETTER ETH',
  215: 'MULTIPLICATION SIGN',
  216: 'LATIN CAPITAL LETTER O WITH STROKE',
  222: 'LATIN CAPITAL LETTER THORN',
  223: 'LATIN SMALL LETTER SHARP S',
  230: 'LATIN SMALL LETTER AE',
  240: 'LATIN SMALL LETTER ETH',
  247: 'DIVISION SIGN',
  248: 'LATIN SMALL LETTER O WITH STROKE',
  254: 'LATIN SMALL LETTER THORN',
  305: 'LATIN SMALL LETTER DOTLESS I',
  321: 'LATIN CAPITAL LETTER L WITH STROKE',
  322: 'LATIN SMALL LETTER L WITH STROKE',
  338: 'LATIN CAPITAL LIGATURE OE',
  339: 'LATIN SMALL LIGATURE OE',
  768: 'COMBINING GRAVE ACCENT',
  769: 'COMBINING ACUTE ACCENT',
  770: 'COMBINING CIRCUMFLEX ACCENT',
  771: 'COMBINING TILDE',
  772: 'COMBINING MACRON',
  774: 'COMBINING BREVE',
  775: 'COMBINING DOT ABOVE',
  776: 'COMBINING DIAERESIS',
  778: 'COMBINING RING ABOVE',
  779: 'COMBINING DOUBLE ACUTE ACCENT',
  780: 'COMBINING CARON',
  803: 'COMBINING DOT BELOW',
  807: 'COMBINING CEDILLA',
  808: 'COMBINING OGONEK',
  962: 'GREEK SMALL LETTER FINAL SIGMA',
  8194: 'EN SPACE',
  8195: 'EM SPACE',
  8199: 'FIGURE SPACE',
  8203: 'ZERO WIDTH SPACE',
  8205: 'ZERO WIDTH JOINER',
  8208: 'HYPHEN',
  8211: 'EN DASH',
  8212: 'EM DASH',
  8216: 'LEFT SINGLE QUOTATION MARK',
  8217: 'RIGHT SINGLE QUOTATION MARK',
  8220: 'LEFT DOUBLE QUOTATION MARK',
  8221: 'RIGHT DOUBLE QUOTATION MARK',
  8224: 'DAGGER',
  8226: 'BULLET',
  8230: 'HORIZONTAL ELLIPSIS',
  8232: 'LINE SEPARATOR',
  8233: 'PARAGRAPH SEPARATOR',
  8364: 'EURO SIGN',
  8482: 'TRADE MARK SIGN',
  8491: 'ANGSTROM SIGN',
  8592: 'LEFTWARDS ARROW',
  8593: 'UPWARDS ARROW',
  8594: 'RIGHTWARDS ARROW',
  8595: 'DOWNWARDS ARROW',
  8704: 'FOR ALL',
  8706: 'PARTIAL DIFFERENTIAL',
  8707: 'THERE EXISTS',
  8709: 'EMPTY SET',
  8711: 'NABLA',
  8712: 'ELEMENT OF',
  8719: 'N-ARY PRODUCT',
  8721: 'N-ARY SUMMATION',
  8722: 'MINUS SIGN',
  8730: 'SQUARE ROOT',
  8734: 'INFINITY',
  8747: 'INTEGRAL',
  8776: 'ALMOST EQUAL TO',
  8800: 'NOT EQUAL TO',
  8804: 'LESS-THAN OR EQUAL TO',
  8805: 'GREATER-THAN OR EQUAL TO',
  9608: 'FULL BLOCK',
  9632: 'BLACK SQUARE',
  9679: 'BLACK CIRCLE',
  9731: 'SNOWMAN',
  9786: 'WHITE SMILING FACE',
  9829: 'BLACK HEART SUIT',
  10003: 'CHECK MARK',
  12288: 'IDEOGRAPHIC SPACE',
  65279: 'ZERO WIDTH NO-BREAK SPACE',
  65533: 'REPLACEMENT CHARACTER',
  128013: 'SNAKE',
  128512: 'GRINNING FACE',
  128169: 'PILE OF POO',
  128640: 'ROCKET',
};
/** Marks as the names of composed letters have them. */
const marks: Readonly<Record<number, string>> = {
  768: 'GRAVE',
  769: 'ACUTE',
  770: 'CIRCUMFLEX',
  771: 'TILDE',
  772: 'MACRON',
  774: 'BREVE',
  775: 'DOT ABOVE',
  776: 'DIAERESIS',
  777: 'HOOK ABOVE',
  778: 'RING ABOVE',
  779: 'DOUBLE ACUTE',
  780: 'CARON',
  783: 'DOUBLE GRAVE',
  785: 'INVERTED BREVE',
  795: 'HORN',
  803: 'DOT BELOW',
  804: 'DIAERESIS BELOW',
  805: 'RING BELOW',
  806: 'COMMA BELOW',
  807: 'CEDILLA',
  808: 'OGONEK',
  813: 'CIRCUMFLEX BELOW',
  814: 'BREVE BELOW',
  816: 'TILDE BELOW',
  817: 'LINE BELOW',
};
const HANGUL_LEADS = 'G GG N D DD R M B BB S SS - J JJ C K T P H'.split(' ').map((part) => part.replace('-', ''));
const HANGUL_VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const HANGUL_TAILS = '- G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'
  .split(' ')
  .map((part) => part.replace('-', ''));
const ideographs: readonly number[] = [
  0x3400, 0x4dbf, 0x4e00, 0x9fff, 0x20000, 0x2a6df, 0x2a700, 0x2b739, 0x2b740, 0x2b81d, 0x2b820, 0x2cea1, 0x2ceb0,
  0x2ebe0, 0x2ebf0, 0x2ee5d, 0x30000, 0x3134a, 0x31350, 0x323af,
];

/** The name of a code point, or null. */
export function nameOf(code: number): string | null {
  if (single[code] !== undefined) return single[code];
  if (code >= 32 && code < 65) return ASCII_SIGNS.split('|')[code - 32];
  if (code >= 65 && code <= 90) return `LATIN CAPITAL LETTER ${String.fromCharCode(code)}`;
  if (code >= 97 && code <= 122) return `LATIN SMALL LETTER ${String.fromCharCode(code - 32)}`;
  if (code >= 0xa0 && code < 0xc0) return LATIN_SIGNS.split('|')[code - 0xa0];
  if (code >= 0x391 && code <= 0x3a9 && code !== 0x3a2) return `GREEK CAPITAL LETTER ${GREEK.split(' ')[code - 0x391]}`;
  if (code >= 0x3b1 && code <= 0x3c9) return `GREEK SMALL LETTER ${GREEK.split(' ')[code - 0x3b1]}`;
  if (code >= 0x410 && code <= 0x42f) return `CYRILLIC CAPITAL LETTER ${CYRILLIC.split('|')[code - 0x410]}`;
  if (code >= 0x430 && code <= 0x44f) return `CYRILLIC SMALL LETTER ${CYRILLIC.split('|')[code - 0x430]}`;
  if (code >= 0x5d0 && code <= 0x5ea) return `HEBREW LETTER ${HEBREW.split('|')[code - 0x5d0]}`;
  if (code >= 0xac00 && code <= 0xd7a3) {
    const index = code - 0xac00;
    const lead = HANGUL_LEADS[Math.floor(index / 588)];
    return `HANGUL SYLLABLE ${lead}${HANGUL_VOWELS[Math.floor((index % 588) / 28)]}${HANGUL_TAILS[index % 28]}`;
  }
  for (let i = 0; i < ideographs.length; i += 2) {
    if (code >= ideographs[i] && code <= ideographs[i + 1]) {
      return `CJK UNIFIED IDEOGRAPH-${code.toString(16).toUpperCase()}`;
    }
  }
  return composedName(code);
}

function composedName(code: number): string | null {
  if (code >= 0xd800 && code <= 0xdfff) return null;
  const parts = Array.from(String.fromCodePoint(code).normalize('NFD'), (part) => part.codePointAt(0)!);
  if (parts.length < 2) return null;
  const base = nameOf(parts[0]);
  if (base === null || !base.includes(' LETTER ')) return null;
  const names = parts.slice(1).map((part) => marks[part]);
  return names.includes(undefined as never) ? null : `${base} WITH ${names.join(' AND ')}`;
}

/** By name; made on first use from the code points that may have one. */
let byName: Map<string, number> | null = null;

/** The code point of that name, or -1. */
export function codeOfName(name: string): number {
  const wanted = name.toUpperCase();
  const ideograph = /^CJK UNIFIED IDEOGRAPH-([0-9A-F]{4,5})$/.exec(wanted);
  if (ideograph) {
    const code = Number.parseInt(ideograph[1], 16);
    return nameOf(code) === wanted ? code : -1;
  }
  if (byName === null) {
    byName = new Map();
    const add = (code: number): void => {
      const known = nameOf(code);
      if (known !== null && !byName!.has(known)) byName!.set(known, code);
    };
    for (let code = 32; code < 0x600; code++) add(code);
    for (let code = 0x1e00; code < 0x1f00; code++) add(code);
    for (const code of Object.keys(single)) add(Number(code));
  }
  const known = byName.get(wanted);
  if (known !== undefined) return known;
  if (wanted.startsWith('HANGUL SYLLABLE ')) {
    for (let code = 0xac00; code <= 0xd7a3; code++) if (nameOf(code) === wanted) return code;
  }
  return -1;
}
