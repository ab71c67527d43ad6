# What modules know of their origin (__spec__, __loader__, __file__, __cached__), made with importlib's own classes for
# modules that were imported without importlib's help (imports.ts). importlib.ts runs this file once importlib is up and
# calls its functions; `bootstrap` and `external` are importlib's two halves. Compiled at build time.


def describe_file(bootstrap, loader, module, name, file, folders):
    spec = bootstrap.ModuleSpec(name, loader, origin=file)
    spec._set_fileattr = True
    spec.submodule_search_locations = folders
    bootstrap._init_module_attrs(spec, module)


def describe_namespace(bootstrap, external, module, name, folders):
    spec = bootstrap.ModuleSpec(name, None)
    spec.submodule_search_locations = external._NamespacePath(name, folders, external.PathFinder._get_spec)
    del module.__path__
    bootstrap._init_module_attrs(spec, module)


def describe_builtin(bootstrap, module, name):
    spec = bootstrap.ModuleSpec(name, bootstrap.BuiltinImporter, origin='built-in')
    bootstrap._init_module_attrs(spec, module)


# An importer reads its archive's directory when it needs it, not here.
def archive_loader(zipimporter, cache, archive, prefix):
    path = archive + '/' + prefix if prefix else archive
    loader = cache.get(path)
    if loader is None:
        loader = zipimporter.__new__(zipimporter)
        loader.archive = archive
        loader.prefix = prefix + '/' if prefix else ''
        cache[path] = loader
    return loader
