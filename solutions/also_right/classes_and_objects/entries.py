# Also right: balance and log are properties over a list of entries, and `count` adds up what the classes have counted each for itself.
class Account:
    _percent = 0
    _own_count = 0
    _subclasses = ()

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        cls._own_count = 0
        Account._subclasses += (cls,)

    def __init__(self, owner, balance=0):
        if not self.is_valid_owner(owner):
            raise ValueError("bad owner")
        self.owner = owner
        self._entries = (balance,)
        type(self)._own_count += 1

    @property
    def balance(self):
        return sum(self._entries)

    @property
    def log(self):
        return list(self._entries[1:])

    @classmethod
    def from_string(cls, text):
        if text.count(":") != 1:
            raise ValueError(text)
        position = text.index(":")
        return cls(text[:position], int(text[position + 1 :]))

    @classmethod
    def set_rate(cls, percent):
        setattr(cls, "_percent", percent)

    @classmethod
    def count(cls):
        family = (Account, *Account._subclasses)
        return sum(one._own_count for one in family if issubclass(one, cls))

    @staticmethod
    def is_valid_owner(name):
        match name:
            case "":
                return False
            case str():
                return len(name) == len(name.strip())
        return False

    def deposit(self, amount):
        if amount >= 1:
            self._entries += (amount,)
            return self.balance
        raise ValueError("bad amount")

    def apply_interest(self):
        self._entries = *self._entries, (self.balance * self._percent) // 100
