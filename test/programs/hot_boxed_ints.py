# An int that outgrows 48 bits where a hot loop hands it on boxed: the exit goes to the start of the iteration.
def main():
    b = 1000
    i = 0
    while i < 700:
        i += 1
        if not b < 2 ** 53:
            b = i
        try:
            b += b
        except ValueError as e:
            b = 2
    print(b)
main()
