import SourceText
import YAML

/// A template file after rendering: the text Helm would have, with the origin of every byte.
package struct RenderedFile {
  /// Helm's path of the template: `chart/templates/deployment.yaml`.
  package let path: String
  package let text: Text

  package init(path: String, text: Text) {
    self.path = path
    self.text = text
  }
}

/// One document of a rendered file.
package struct Manifest {
  /// Index of its file in the release's `files`.
  package let file: Int
  /// Where it stands in the file's text.
  package let range: ByteRange
  package let head: ManifestHead
  /// Nil for an ordinary manifest; the hook's events else.
  package internal(set) var events: [HookEvent]?

  package var isTest: Bool { events?.contains(where: \.isTest) ?? false }
}
