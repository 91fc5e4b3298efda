import SourceText
import YAML

/// A step that uses `docker/build-push-action`, as the command that it amounts to.
enum BuildPushAction {
  /// Nil for other steps, and where nothing is pushed.
  static func command(_ step: YAMLNode, _ environment: ShellEnvironment, in file: SourceFile) -> DeliveryCommand? {
    guard let action = step["uses"], let name = action.text?.string, name.hasPrefix("docker/build-push-action@"),
      let inputs = step["with"], inputs["push"]?.text == "true", let tags = inputs["tags"]?.resolved,
      let scalar = tags.scalar
    else { return nil }
    let images = lines(of: scalar).map { range -> ResolvedWord in
      let text = ExpressionText.resolved(scalar.text[range]) { part in
        let start = range.lowerBound
        return SourceRange(
          file, scalar.sourceRange(ofDecoded: (part.lowerBound + start)..<(part.upperBound + start)))
      }
      return ResolvedWord(text, range: scalar.sourceRange(ofDecoded: range))
    }
    let word = ResolvedWord(ResolvedText(ByteString(name)), range: action.range)
    return DeliveryCommand(
      place: SourceRange(file, action.range), words: [word],
      action: .container(ContainerCommand(pushing: images, at: action.range)), circumstances: Circumstances(),
      feeders: [], deletes: [], creates: [], waits: [])
  }

  /// Tags stand on lines of their own, or are joined by commas.
  private static func lines(of scalar: YAMLScalar) -> [Range<Int>] {
    let bytes = scalar.text.bytes
    let parts = bytes.split { $0 == Ascii.newline || $0 == UInt8(ascii: ",") }
    return parts.compactMap { part in
      guard let first = part.firstIndex(where: { $0 != Ascii.space }),
        let last = part.lastIndex(where: { $0 != Ascii.space })
      else { return nil }
      return first..<(last + 1)
    }
  }
}
