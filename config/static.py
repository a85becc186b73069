"""Static files: hashed names, pre-compressed, with the imports of our ES modules rewritten to hashed names too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, told to look into `import … from "./x.js"` as well."""

    support_js_module_import_aggregation = True
