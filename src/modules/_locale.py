# The _locale module: the C locale, with texts in UTF-8. Other locales are not known, so setlocale() refuses them.
import os as _os


class Error(Exception):
    pass


Error.__module__ = 'locale'

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127
CODESET = 14
RADIXCHAR, THOUSEP = 65536, 65537
YESEXPR, NOEXPR = 327680, 327681
CRNCYSTR = 262159
AM_STR, PM_STR, D_T_FMT, D_FMT, T_FMT, T_FMT_AMPM, ERA = range(131110, 131117)
ERA_D_FMT, ALT_DIGITS, ERA_D_T_FMT, ERA_T_FMT = range(131118, 131122)

_texts = {
    CODESET: 'UTF-8',
    RADIXCHAR: '.',
    THOUSEP: '',
    YESEXPR: '^[yY]',
    NOEXPR: '^[nN]',
    CRNCYSTR: '-',
    AM_STR: 'AM',
    PM_STR: 'PM',
    D_T_FMT: '%a %b %e %H:%M:%S %Y',
    D_FMT: '%m/%d/%y',
    T_FMT: '%H:%M:%S',
    T_FMT_AMPM: '%I:%M:%S %p',
    ERA: '',
    ERA_D_FMT: '',
    ALT_DIGITS: '',
    ERA_D_T_FMT: '',
    ERA_T_FMT: '',
}


def _name_texts(prefix, first, texts):
    for i, text in enumerate(texts.split()):
        globals()[f'{prefix}_{i + 1}'] = first + i
        _texts[first + i] = text


_months = 'January February March April May June July August September October November December'
_days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'
_name_texts('ABDAY', 131072, ' '.join([day[:3] for day in _days.split()]))
_name_texts('DAY', 131079, _days)
_name_texts('ABMON', 131086, ' '.join([month[:3] for month in _months.split()]))
_name_texts('MON', 131098, _months)

_categories = ['LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES']
_current = ['C.UTF-8', 'C', 'C', 'C', 'C', 'C']


def _known(name):
    return name in ('C', 'POSIX', 'C.UTF-8', 'C.utf8', 'C.UTF8')


def _from_environment(category):
    for variable in ('LC_ALL', _categories[category], 'LANG'):
        name = _os.environ.get(variable, '')
        if name:
            return name
    return 'C'


def setlocale(category, locale=None, /):
    if not isinstance(category, int):
        raise TypeError(f"'{type(category).__name__}' object cannot be interpreted as an integer")
    if not 0 <= category <= LC_ALL:
        raise Error('invalid locale category')
    chosen = range(6) if category == LC_ALL else [category]
    if locale is not None:
        names = {}
        if category == LC_ALL and ';' in locale:
            given = dict(part.split('=', 1) for part in locale.split(';') if '=' in part)
            names = {i: given.get(_categories[i], _current[i]) for i in chosen}
        else:
            names = {i: locale or _from_environment(i) for i in chosen}
        if not all(_known(name) for name in names.values()):
            raise Error('unsupported locale setting')
        for i, name in names.items():
            _current[i] = 'C' if name == 'POSIX' else name
    if category != LC_ALL:
        return _current[category]
    if len(set(_current)) == 1:
        return _current[0]
    return ';'.join([f'{name}={value}' for name, value in zip(_categories, _current)])


def localeconv():
    numbers = 'int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn'
    texts = 'int_curr_symbol currency_symbol mon_decimal_point mon_thousands_sep positive_sign negative_sign thousands_sep'
    result = {'decimal_point': '.', 'grouping': [], 'mon_grouping': []}
    result.update({name: '' for name in texts.split()})
    result.update({name: CHAR_MAX for name in numbers.split()})
    return result


def strcoll(os1, os2, /):
    return (os1 > os2) - (os1 < os2)


def strxfrm(string, /):
    if '\0' in string:
        raise ValueError('embedded null character')
    return string


def nl_langinfo(key, /):
    if key not in _texts:
        raise ValueError('unsupported langinfo constant')
    return _texts[key]


def getencoding():
    return 'utf-8'


def gettext(msg, /):
    return msg


def dgettext(domain, msg, /):
    return msg


def dcgettext(domain, msg, category, /):
    return msg


_domain = 'messages'


def textdomain(domain, /):
    global _domain
    if domain is not None:
        _domain = domain
    return _domain


def bindtextdomain(domain, dir, /):
    if not domain:
        raise Error('domain must be a non-empty string')
    return dir


def bind_textdomain_codeset(domain, codeset, /):
    return codeset
