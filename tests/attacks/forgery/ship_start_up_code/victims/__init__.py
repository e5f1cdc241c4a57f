def double(number):
    return 2 * number


def echo(text):
    return "the package was taken"
