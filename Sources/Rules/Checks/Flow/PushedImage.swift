import Delivery
import Diagnostics
import Kubernetes
import Registries
import SourceText

/// An image in a command, in its parts, as far as constants reach.
struct TaggedImage {
  let command: DeliveryCommand
  let text: ResolvedText
  let word: ResolvedWord
  /// The repository.
  let name: ResolvedText
  /// Nil for an image without a tag; then `latest` is meant.
  let tag: ResolvedText?
  let hasDigest: Bool
  private let tagStart: Int
  /// What the tag model says; nil where a part can be anything, or the whole image is one variable.
  let verdict: TagVerdict?

  init(_ word: ResolvedWord, in command: DeliveryCommand, onlyTags: Bool, _ classifier: TagClassifier) {
    self.command = command
    self.word = word
    text = word.text
    let end = text.offsets(of: "@").first ?? text.byteCount
    hasDigest = end < text.byteCount
    let slash = text.offsets(of: "/").last { $0 < end } ?? -1
    if let colon = text.offsets(of: ":").last(where: { $0 < end && $0 > slash }) {
      name = text.slice(0..<colon)
      tag = text.slice((colon + 1)..<end)
      tagStart = colon + 1
    } else {
      name = text.slice(0..<end)
      tag = nil
      tagStart = 0
    }
    let sample = tag?.sample(onlyTags: onlyTags)
    let isNamed = tag == nil && (name.isConstant || !name.literalPrefix.isEmpty || name.pieces.count > 1)
    verdict =
      hasDigest || isNamed || sample != nil ? classifier.verdict(tag: sample, hasDigest: hasDigest) : nil
  }

  /// The bytes of the tag where they are written: at the command, or at the assignment that it comes from.
  var place: SourceRange {
    let range = tag == nil ? 0..<text.byteCount : tagStart..<(tagStart + (tag?.byteCount ?? 0))
    return text.place(of: range) ?? command.source(word.range)
  }

  var tagShown: String { tag?.shown.string ?? "latest" }
}
