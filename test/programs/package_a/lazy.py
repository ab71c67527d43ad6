print('loading lazily')
LOADED = True
