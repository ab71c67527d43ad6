# zoneinfo over files of time zones: offsets by local and by UTC time, folds and gaps, the rule behind the last change.
import io
import struct
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def zone_file(moments, indices, kinds, names, rule):
    head = b"TZif2" + bytes(15)
    empty = head + struct.pack(">6l", 0, 0, 0, 0, 1, 1) + bytes(6) + b"\0"
    body = head + struct.pack(">6l", 0, 0, 0, len(moments), len(kinds), len(names))
    body += struct.pack(f">{len(moments)}q", *moments) + bytes(indices)
    for offset, dst, name in kinds:
        body += struct.pack(">lbb", offset, dst, name)
    return empty + body + names + b"\n" + rule + b"\n"


def zone(rule, moments=(0, 15724800), indices=(1, 0)):
    data = zone_file(moments, indices, [(3600, 0, 0), (7200, 1, 4)], b"CET\0CEST\0", rule)
    return ZoneInfo.from_file(io.BytesIO(data), key="Test")


def show(zone, *moments):
    for moment in moments:
        local = (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=moment)).astimezone(zone)
        print(local, local.fold, local.tzname(), local.dst(), local.astimezone(timezone.utc) - local.replace(fold=0))


central = zone(b"CET-1CEST,M3.5.0,M10.5.0/3")
print(central, repr(central), central.key)
show(central, -1, 0, 15724799, 15724800, 15724800 + 3599, 15724800 + 3600)
show(central, 1711846799, 1711846800, 1729990799, 1729990800, 1729990800 + 3599, 1729990800 + 3600)
for text in ("2024-03-31 01:59:59", "2024-03-31 02:30:00", "2024-03-31 03:00:00", "2024-10-27 01:59:59", "2024-10-27 02:30:00"):
    for fold in (0, 1):
        local = datetime.fromisoformat(text).replace(tzinfo=central, fold=fold)
        print(text, fold, local.utcoffset(), local.tzname(), local.dst())
print(central.utcoffset(None), datetime(2000, 1, 1).replace(tzinfo=central).time().replace(tzinfo=central).utcoffset())

# southern, by days of the year, without daylight time, with negative daylight time and odd offsets
for rule in (b"NZST-12NZDT,M9.5.0,M4.1.0/3", b"AAA3BBB,J60/-1,J300/26:30", b"AAA3BBB2:30,59,299", b"<+0330>-3:30", b"IST-1GMT0,M10.5.0,M3.5.0/1"):
    other = zone(rule)
    show(other, *(1700000000 + day * 86400 for day in range(0, 366, 25)))
for rule in (b"X", b"AAA", b"AAA3BBB", b"AAA3BBB,M3.6.0,M4.1.0", b"AAA25", b"AAA3BBB,J0,J9", b"AAA3BBB,M3.1.0/168,M4.1.0", b"<A"):
    try:
        zone(rule)
        print(rule, "taken")
    except ValueError as error:
        print(rule, "refused")

# the caches
class Other(ZoneInfo):
    pass


for cls in (ZoneInfo, Other):
    try:
        print(cls("No/Such_Zone"))
    except Exception as error:
        print(type(error).__name__)
