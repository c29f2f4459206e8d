"""The built styles, scripts and drawings, and what a page template stands on.

`service/frontend/build_assets.py` writes the files under names that hold a hash of their
content, and `manifest.json` that tells the plain name of each. This module reads them once
and serves them. It knows nothing of releases or of RDF.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from flask import Flask, Response, abort, redirect, request
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.wrappers import Response as BaseResponse

from service.errors import ServiceError
from service.pages.rendering import add_frame

URL_PATH = "/static/dist/"
DIRECTORY = Path(__file__).parent / "static" / "dist"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class AssetsMissingError(ServiceError):
    """The assets have not been built, or only in part; the message names the command to run."""

    def __init__(self, missing: Path) -> None:
        self.missing = missing
        super().__init__(
            f"The web assets are not built: {missing.name} is missing. "
            "Run `python service/frontend/build_assets.py` in the checkout, "
            "or install the package again."
        )


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: its bytes, plain and compressed, and how long they may be kept."""

    media_type: str
    body: bytes
    compressed: bytes
    tag: str
    lasting: bool

    def response(self) -> Response:
        """The asset in the coding that the client takes (RFC 9110 §12.5.3).

        A file whose name changes with its content may be kept for good (RFC 8246).
        """
        zipped = request.accept_encodings.quality("gzip") > 0
        response = Response(self.compressed if zipped else self.body, content_type=self.media_type)
        if zipped:
            response.content_encoding = "gzip"
        response.set_etag(f"{self.tag}-gzip" if zipped else self.tag)
        response.vary.add("Accept-Encoding")
        response.cache_control.public = True
        if self.lasting:
            response.cache_control.max_age = 365 * 24 * 60 * 60
            response.cache_control.immutable = True
        else:
            response.cache_control.no_cache = True
        response.make_conditional(request)
        return response


@dataclass(frozen=True, slots=True)
class Assets:
    """All assets of one build: the served files, and the hashed name of each plain name."""

    names: Mapping[str, str]
    files: Mapping[str, Asset]

    @classmethod
    def read(cls, directory: Path = DIRECTORY) -> "Assets":
        """The assets that the last build left in the directory."""
        manifest = directory / "manifest.json"
        if not manifest.is_file():
            raise AssetsMissingError(manifest)
        names: dict[str, str] = json.loads(manifest.read_bytes())
        files = {}
        for plain_name, name in names.items():
            path = directory / name
            if not path.is_file():
                raise AssetsMissingError(path)
            body = path.read_bytes()
            files[name] = Asset(
                media_type=MEDIA_TYPES[path.suffix],
                body=body,
                compressed=gzip.compress(body, mtime=0),
                tag=hashlib.sha256(body).hexdigest()[:16],
                lasting=name != plain_name,
            )
        return cls(MappingProxyType(names), MappingProxyType(files))

    def url(self, name: str) -> str:
        """The path-absolute URL of an asset, by its plain name such as `site.css`."""
        return URL_PATH + self.names[name]


def add_assets(app: Flask, assets: Assets) -> None:
    """Give the application the assets' URLs, `asset(name)` in templates and the component macros.

    The components' templates come from govuk-frontend-jinja under a prefix of their own, so
    that no template of ours can hide one of theirs.
    """
    add_frame(app.jinja_env)  # which shows some

    def serve(name: str) -> Response:
        asset = assets.files.get(name)
        if asset is None:
            abort(404)
        return asset.response()

    def icon() -> BaseResponse:
        # Browsers ask for this address beside documents that cannot link an icon, such as JSON.
        return redirect(assets.url("mark.svg"))

    app.add_url_rule(f"{URL_PATH}<name>", "asset", serve)
    app.add_url_rule("/favicon.ico", "icon", icon)
    app.add_template_global(assets.url, "asset")
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([*filter(None, [app.jinja_loader]), components])
