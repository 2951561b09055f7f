"""The text of a Homebrew formula: the tarball on Linux, a build from source on macOS."""

from __future__ import annotations

import hashlib

from archive import File
from release import HOMEPAGE, Release

TEXT = '''\
class Requisite < Formula
  desc "Linter for request JSON"
  homepage "{homepage}"
  version "{version}"
  license "Apache-2.0"

  on_macos do
    url "{homepage}.git", tag: "{tag}"{revision}

    depends_on "pkgconf" => :build
    depends_on xcode: ["26.0", :build]
    depends_on "libyaml"
    depends_on macos: :sequoia
  end

  on_linux do
    url "{url}"
    sha256 "{sha256}"

    depends_on arch: :{machine}
  end

  def install
    if OS.mac?
      system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "requisite"
      bin.install ".build/release/requisite"
      generate_completions_from_executable(bin/"requisite", "--generate-completion-script")
      pkgshare.install "Sources/CBuiltInPacks/schemas"
    else
      bin.install "bin/requisite"
      man1.install Dir["share/man/man1/*.1"]
      bash_completion.install "share/bash-completion/completions/requisite"
      zsh_completion.install "share/zsh/site-functions/_requisite"
      fish_completion.install "share/fish/vendor_completions.d/requisite.fish"
      pkgshare.install "licenses", "share/requisite/schemas"
    end
  end

  test do
    (testpath/"request.json").write "{{}}"
    output = shell_output("#{{bin}}/requisite check --pack aws-connect-chat request.json", 1)
    assert_match "aws-connect-chat/schema/required", output
  end
end
'''


def make(release: Release, archive: File) -> File:
    text = TEXT.format(
        homepage=HOMEPAGE,
        version=release.version,
        tag=release.tag,
        revision=f', revision: "{release.commit}"' if release.commit else "",
        machine=release.target.machine,
        url=release.download(archive.path),
        sha256=hashlib.sha256(archive.data).hexdigest(),
    )
    return File("requisite.rb", text.encode())
