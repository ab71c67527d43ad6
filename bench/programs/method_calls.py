"""Small methods, inherited, overridden and called through super() and properties: what object-oriented code spends its
time on."""

import harness


class Account:
    def __init__(self, balance):
        self._balance = balance
        self.operations = 0

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        self._balance += amount
        self.operations += 1

    def withdraw(self, amount):
        if amount > self._balance:
            return False
        self._balance -= amount
        self.operations += 1
        return True

    def fee(self):
        return 1


class Savings(Account):
    def __init__(self, balance, percent):
        super().__init__(balance)
        self.percent = percent

    def deposit(self, amount):
        super().deposit(amount + amount * self.percent // 100)


class Premium(Account):
    def fee(self):
        return 0


def transfer(source, target, amount):
    if source.withdraw(amount + source.fee()):
        target.deposit(amount)
        return 1
    return 0


def main():
    accounts = [Account(10_000_000), Savings(5_000_000, 2), Premium(20_000_000), Account(1000)]
    transfers = 0
    for step in range(1_000_000):
        source = accounts[step & 3]
        target = accounts[(step + 1 + step % 3) & 3]
        transfers += transfer(source, target, step % 50)
    return transfers, [account.balance for account in accounts], [account.operations for account in accounts]


harness.run(main)
