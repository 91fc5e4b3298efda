import SourceText

extension OriginMap {
  /// Where a person would edit `place`: itself, or for the text of a template that was a value (`tpl`) the part of the
  /// values file, or of the template, that wrote it.
  package func written(_ place: SourceRange) -> SourceRange {
    guard let (text, origin) = source(of: place.file) else { return place }
    let map = SourceMap(rendered: text, origins: self, origin: origin)
    let places = map.pieces(in: place.range).compactMap(\.innermostPlace)
    guard let first = places.first else { return place }
    let same = places.filter { $0.file == first.file }
    return SourceRange(first.file, same.dropFirst().reduce(first.range) { $0.union($1.range) })
  }
}
