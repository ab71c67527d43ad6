# zoneinfo.ZoneInfo, as PEP 615 describes it. CPython has it in C; the archive that the library comes from leaves the
# version in Python out. The data is read by the library's own zoneinfo._common and _tzpath.
#
# A zone is a list of moments at which another offset begins, and a rule for what follows the last of them. Moments are
# seconds since 1970 in UTC; to find the offset of a local time, every moment also stands as local time twice: as clocks show
# it that a gap or an overlap has not reached yet (fold 0), and as they show it after (fold 1).
from bisect import bisect_right
from datetime import datetime, timedelta, timezone, tzinfo
from weakref import WeakValueDictionary

_EPOCH = datetime(1970, 1, 1)
_EPOCH_DAY = _EPOCH.toordinal()
_ZERO = timedelta(0)


class _Offset:
    __slots__ = ("utcoff", "dstoff", "tzname", "seconds")

    def __init__(self, seconds, dst, tzname):
        self.seconds = seconds
        self.utcoff = timedelta(seconds=seconds)
        self.dstoff = None if dst is None else timedelta(seconds=dst)
        self.tzname = tzname


_NOTHING = _Offset(0, None, None)
_NOTHING.utcoff = None


class ZoneInfo(tzinfo):
    _strong = {}
    _strong_size = 8
    _weak = WeakValueDictionary()

    def __init_subclass__(cls):
        cls._strong = {}
        cls._weak = WeakValueDictionary()

    def __new__(cls, key):
        zone = cls._weak.get(key)
        if zone is None:
            zone = cls._weak.setdefault(key, cls._load(key))
            zone._from_cache = True
        # the strong cache is in the order of use
        cls._strong[key] = cls._strong.pop(key, zone)
        if len(cls._strong) > cls._strong_size:
            del cls._strong[next(iter(cls._strong))]
        return zone

    @classmethod
    def no_cache(cls, key):
        zone = cls._load(key)
        zone._from_cache = False
        return zone

    @classmethod
    def from_file(cls, file_obj, /, key=None):
        zone = super().__new__(cls)
        zone._key = key
        zone._file = repr(file_obj)
        zone._from_cache = False
        zone._read(file_obj)
        return zone

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        if only_keys is None:
            cls._weak.clear()
            cls._strong.clear()
            return
        for key in only_keys:
            cls._weak.pop(key, None)
            cls._strong.pop(key, None)

    @classmethod
    def _load(cls, key):
        from zoneinfo import _common, _tzpath

        zone = super().__new__(cls)
        zone._key = key
        zone._file = None
        path = _tzpath.find_tzfile(key)
        if path is not None:
            with open(path, "rb") as file:
                zone._read(file)
        else:
            with _common.load_tzdata(key) as file:
                zone._read(file)
        return zone

    @property
    def key(self):
        return self._key

    def utcoffset(self, dt, /):
        return self._at(dt).utcoff

    def dst(self, dt, /):
        return self._at(dt).dstoff

    def tzname(self, dt, /):
        return self._at(dt).tzname

    def fromutc(self, dt, /):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        moment = _seconds_of(dt)
        moments = self._moments
        index = bisect_right(moments, moment)
        behind = not moments or moment > moments[-1]
        if behind and not isinstance(self._rule, _Offset):
            offset, fold = self._rule.from_utc(moment, dt.year)
        else:
            offset = self._rule if behind else self._offset_at(index)
            # the hour that clocks show for the second time
            fold = index > 0 and moment < moments[index - 1] + self._offset_at(index - 1).seconds - offset.seconds
        local = dt + offset.utcoff
        return local.replace(fold=1) if fold else local

    # The offset between moments `index` - 1 and `index`.
    def _offset_at(self, index):
        return self._offsets[index - 1] if index else self._before

    def _at(self, dt):
        if dt is None:
            return self._rule if self._fixed else _NOTHING
        local = _seconds_of(dt)
        places = self._local[dt.fold]
        if not places or local > places[-1]:
            rule = self._rule
            return rule if isinstance(rule, _Offset) else rule.at(local, dt.year, dt.fold)
        index = bisect_right(places, local)
        return self._before if index == 0 else self._offsets[index - 1]

    def _read(self, file):
        from zoneinfo import _common

        indices, moments, seconds, is_dst, names, text = _common.load_data(file)
        savings = _savings(indices, seconds, is_dst)
        kinds = [_Offset(*kind) for kind in zip(seconds, savings, names)]
        offsets = [kinds[index] for index in indices]
        standard = [kind for kind, dst in zip(kinds, is_dst) if not dst]
        self._moments = moments
        self._offsets = offsets
        # before the first moment: the first standard time there is
        self._before = standard[0] if standard else kinds[0] if kinds else None
        if text:
            self._rule = _parsed_rule(text.decode())
        elif offsets:
            self._rule = offsets[-1]
        elif self._before is not None:
            self._rule = self._before
        else:
            raise ValueError("No time zone information found.")
        if self._before is None:
            self._before = self._rule
        self._fixed = not moments and isinstance(self._rule, _Offset)
        early, late = [], []
        previous = self._before.seconds
        for moment, offset in zip(moments, offsets):
            early.append(moment + max(previous, offset.seconds))
            late.append(moment + min(previous, offset.seconds))
            previous = offset.seconds
        self._local = (early, late)

    def __str__(self):
        return repr(self) if self._key is None else self._key

    def __repr__(self):
        if self._key is None:
            return f"{type(self).__module__}.{type(self).__qualname__}.from_file({self._file})"
        return f"{type(self).__module__}.{type(self).__qualname__}(key={self._key!r})"

    def __reduce__(self):
        if self._key is None:
            import pickle

            raise pickle.PicklingError("Cannot pickle a ZoneInfo file created from a file stream.")
        return type(self)._unpickle, (self._key, self._from_cache)

    @classmethod
    def _unpickle(cls, key, from_cache, /):
        return cls(key) if from_cache else cls.no_cache(key)


ZoneInfo.__module__ = "zoneinfo"


def _seconds_of(dt):
    return (dt.toordinal() - _EPOCH_DAY) * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second


# How much each kind of offset differs from standard time. The file says only whether it does: the difference is taken from
# a neighbour in time that is standard time; what has none gets an hour.
def _savings(indices, seconds, is_dst):
    found = [0] * len(seconds)
    for step in (-1, 1):
        for at, kind in enumerate(indices):
            other = at + step
            if not is_dst[kind] or found[kind] or not 0 <= other < len(indices):
                continue
            neighbour = indices[other]
            if not is_dst[neighbour]:
                found[kind] = seconds[kind] - seconds[neighbour]
    for kind, dst in enumerate(is_dst):
        if dst and not found[kind]:
            found[kind] = 3600
    return found


# What follows the last moment: a TZ string of POSIX, "EST5EDT,M3.2.0,M11.1.0".
class _Rule:
    def __init__(self, standard, daylight, start, end):
        self.standard = standard
        self.daylight = daylight
        self.start = start
        self.end = end
        self.difference = daylight.seconds - standard.seconds

    # Begin and end of the daylight time in a year, as local times of the offset that ends there.
    def _changes(self, year):
        return self.start(year), self.end(year)

    def _choose(self, begin, end, at):
        inside = begin <= at < end if begin < end else not end <= at < begin
        return self.daylight if inside else self.standard

    def at(self, local, year, fold):
        begin, end = self._changes(year)
        # the later of the two readings of a gap or an overlap comes with fold 1
        if (self.difference > 0) == bool(fold):
            end -= self.difference
        else:
            begin += self.difference
        return self._choose(begin, end, local)

    def from_utc(self, moment, year):
        begin, end = self._changes(year)
        begin -= self.standard.seconds
        end -= self.daylight.seconds
        offset = self._choose(begin, end, moment)
        # clocks go back at the end of daylight time, or at its begin where it is "negative"
        back = end if self.difference > 0 else begin
        fold = back <= moment < back + abs(self.difference)
        return offset, fold


def _day(year, month, day):
    return datetime(year, month, day).toordinal() - _EPOCH_DAY


# "M3.2.0": a day of a week of a month, the fifth being the last.
def _weekday_of_month(month, week, weekday, seconds):
    if not (1 <= month <= 12 and 1 <= week <= 5 and 0 <= weekday <= 6):
        raise ValueError("Invalid date of month, week and day")

    def change(year):
        first = _day(year, month, 1)
        # 1970-01-01 was a Thursday
        day = first + (weekday - (first + 4)) % 7 + (week - 1) * 7
        following = _day(year, month + 1, 1) if month < 12 else first + 31
        if day >= following:
            day -= 7
        return day * 86400 + seconds

    return change


# "J60": a day of the year from 1, the 29th of February not counted; "59": one from 0, counted.
def _day_of_year(number, julian, seconds):
    if not julian <= number <= 365:
        raise ValueError(f"Invalid day of the year: {number}")

    def change(year):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        day = number - 1 + (leap and number >= 60) if julian else number
        return (_day(year, 1, 1) + day) * 86400 + seconds

    return change


class _Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def fail(self):
        raise ValueError(f"Malformed TZ string: {self.text!r}")

    def peek(self):
        return self.text[self.at : self.at + 1]

    def take(self, characters):
        if self.peek() and self.peek() in characters:
            self.at += 1
            return True
        return False

    def digits(self, most):
        begin = self.at
        while self.peek() and self.peek() in "0123456789":
            self.at += 1
        if not 1 <= self.at - begin <= most:
            self.fail()
        return int(self.text[begin : self.at])

    def name(self):
        begin = self.at
        if self.take("<"):
            while self.peek() and (self.peek().isascii() and self.peek().isalnum() or self.peek() in "+-"):
                self.at += 1
            name = self.text[begin + 1 : self.at]
            if not self.take(">") or not name:
                self.fail()
        else:
            while self.peek().isalpha() and self.peek().isascii():
                self.at += 1
            name = self.text[begin : self.at]
            if len(name) < 3:
                self.fail()
        return name

    # [+-]hh[:mm[:ss]] in seconds
    def time(self, most):
        sign = -1 if self.take("-") else 1
        if sign == 1:
            self.take("+")
        hours = self.digits(3)
        minutes = self.digits(2) if self.take(":") else 0
        seconds = self.digits(2) if self.at > 2 and self.text[self.at - 3] == ":" and self.take(":") else 0
        if hours > most or minutes > 59 or seconds > 59:
            self.fail()
        return sign * (hours * 3600 + minutes * 60 + seconds)

    def change(self):
        if self.take("M"):
            numbers = [self.digits(2)]
            for _ in range(2):
                if not self.take("."):
                    self.fail()
                numbers.append(self.digits(1))
            return _weekday_of_month(*numbers, self.clock())
        julian = self.take("J")
        return _day_of_year(self.digits(3), julian, self.clock())

    def clock(self):
        return self.time(167) if self.take("/") else 7200


def _parsed_rule(text):
    reader = _Reader(text)
    name = reader.name()
    # POSIX counts west as positive
    standard = _Offset(-reader.time(24), 0, name)
    if not reader.peek():
        return standard
    name = reader.name()
    seconds = standard.seconds + 3600
    if reader.peek() and reader.peek() != ",":
        seconds = -reader.time(24)
    daylight = _Offset(seconds, seconds - standard.seconds, name)
    changes = []
    for _ in range(2):
        if not reader.take(","):
            reader.fail()
        changes.append(reader.change())
    if reader.peek():
        reader.fail()
    return _Rule(standard, daylight, *changes)
