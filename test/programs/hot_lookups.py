# Dicts and strings in hot loops: lookups under str and int keys that hit, miss, collide, change type, meet subclasses and
# hostile keys; replaced, added and deleted values; comparison and iteration of strings of every width.

words = [f"w{i * 7919 % 500}" for i in range(6000)]


def count(words):
    seen = {}
    for word in words:
        seen[word] = seen.get(word, 0) + 1
    return len(seen), sorted(seen.values())[-3:], seen["w1"]


def count_with_in(words):
    seen = {}
    for word in words:
        if word in seen:
            seen[word] += 1
        else:
            seen[word] = 1
    return len(seen), sum(seen.values())


print(count(words), count_with_in(words))


def int_keys(keys):
    table = {}
    for key in keys:
        if key not in table:
            table[key] = 0
        table[key] += key
    return len(table), sum(table.values())


print(int_keys([i % 97 - 40 for i in range(5000)]))
print(int_keys([(i % 5 - 2) * 2**33 for i in range(3000)]))
print(int_keys([i % 3 for i in range(1000)] + [float(i % 3) for i in range(1000)] + [True, False] * 500))
print(int_keys([-1, -2] * 1500))
print(int_keys([2**61 - 1, 0, 1, 2**61] * 500))


def misses(table, keys):
    total = 0
    for key in keys:
        try:
            total += table[key]
        except KeyError as error:
            total -= len(str(error))
    return total


print(misses({"a": 1, "b": 2}, ["a", "b", "c", "dd"] * 800))
print(misses({1: 1, 2: 2}, [1, 2, 3] * 800))
print(misses({1: 1, "1": 2}, [1, "1"] * 800 + [None, 1.0, (1,)] * 800))


class Equal:
    """Equal to 5 with the same hash."""

    def __hash__(self):
        return hash(5)

    def __eq__(self, other):
        return other == 5


class Text(str):
    pass


class Default(dict):
    def __missing__(self, key):
        return 100


def get_all(table, keys, default=None):
    found = []
    for i in range(4000):
        found.append(table.get(keys[i % len(keys)], default))
    return found.count(None), found.count(default), len(set(map(str, found)))


print(get_all({Equal(): "special", 7: "seven"}, [5, 7, 6]))
print(get_all({Text("k"): 1, "l": 2}, ["k", "l", "m"]), get_all({"k": 1}, [Text("k"), "k"], 3))
print(get_all(Default(a=1), ["a", "b"]), [Default(a=1)[k] for k in "ab" * 1000].count(100))


def changing(n):
    table = {"a": 1, "b": 2}
    total = 0
    for i in range(n):
        if i % 100 == 50:
            del table["b"]
        if "b" in table:
            total += table["b"]
        else:
            table["b"] = i
        if i % 700 == 699:
            table = {"b": 0.5, "a": "x"}
        if i % 900 == 899:
            table.clear()
        total += 1 if table.get("a") == "x" else 0
    return total, sorted(table, key=str)


print(changing(4000))

# a namespace that compiled code relies on, changed through globals()
G = 1
space = globals()


def through_globals(n):
    total = 0
    for i in range(n):
        total += G
        space["G"] = i % 3
        total += G * 10
        if i == n - 5:
            space["G"] = "x"
            break
    return total, G


print(through_globals(3000), G)


def same(left, right):
    equal = 0
    for i in range(3000):
        if left[i % len(left)] == right[i % len(right)]:
            equal += 1
        if left[i % len(left)] != right[(i + 1) % len(right)]:
            equal += 100
    return equal


joined = ["".join(["ab", "c"]), "abcdefgh" + str(12345678), "é" * 9, "λ" * 5, "\U0001f600" * 3, "", "x"]
literal = ["abc", "abcdefgh12345678", "ééééééééé", "λλλλλ", "\U0001f600\U0001f600\U0001f600", "", "x"]
print(same(joined, literal), same(joined, literal[::-1]), same(joined, [None, "abc", 3, Text("abc")]))
print(same([None, None, 1], [None, 1, None]))


class Odd:
    def __eq__(self, other):
        return True


print(same([None] * 50 + [Odd()], [None]))


def characters(texts):
    counts = {}
    ones = 0
    for i in range(60):
        for text in texts:
            for character in text:
                counts[character] = counts.get(character, 0) + 1
                if character == "1":
                    ones += 1
    return ones, sorted(counts.items())[:5], len(counts)


print(characters(["10110100", "abc1", "é1λ1", "", "\U0001f6001", "1" * 40]))
