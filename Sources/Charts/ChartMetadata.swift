import SourceText

/// A text of Chart.yaml and where it stands there.
package struct MetadataText: Hashable, Sendable {
  package var text: ByteString
  package var place: SourceRange?

  package init(_ text: ByteString = "", at place: SourceRange? = nil) {
    self.text = text
    self.place = place
  }

  package var isEmpty: Bool { text.isEmpty }
}

/// The content of Chart.yaml, in Helm's field names. Absent texts are empty.
package struct ChartMetadata: Sendable {
  package var name = MetadataText()
  package var home = MetadataText()
  package var sources: [MetadataText] = []
  package var version = MetadataText()
  package var description = MetadataText()
  package var keywords: [MetadataText] = []
  /// Nil for a null in the list, which validation refuses.
  package var maintainers: [Maintainer?] = []
  package var icon = MetadataText()
  package var apiVersion = MetadataText()
  package var condition = MetadataText()
  package var tags = MetadataText()
  package var appVersion = MetadataText()
  package var isDeprecated = false
  /// Sorted by key; nil when there is no map at all.
  package var annotations: [(key: ByteString, value: MetadataText)]?
  package var kubeVersion = MetadataText()
  /// Nil when the key is absent, which is not the same as empty: an empty list is still processed.
  package var dependencies: [ChartDependency?]?
  package var type = MetadataText()

  package init() {}

  /// Library charts only lend their named templates.
  package var isLibrary: Bool { type.text.string.lowercased() == "library" }
}

/// One entry of `maintainers`.
package struct Maintainer: Sendable {
  package var name = MetadataText()
  package var email = MetadataText()
  package var url = MetadataText()
}

/// One entry of `dependencies`.
package struct ChartDependency: Sendable {
  package var name = MetadataText()
  package var version = MetadataText()
  package var repository = MetadataText()
  package var condition = MetadataText()
  package var tags: [MetadataText] = []
  package var isEnabled = false
  package var importValues: [ImportItem] = []
  package var alias = MetadataText()

  /// One entry of `import-values`. Items of other kinds are ignored.
  package enum ImportItem: Sendable {
    /// A key under the subchart's `exports`.
    case export(ByteString)
    /// Two dotted paths, as Go prints what was given for them.
    case paths(child: ByteString, parent: ByteString)
    case other
  }
}
