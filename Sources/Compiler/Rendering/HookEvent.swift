/// When Helm runs a hook: the words of the annotation `helm.sh/hook`.
package enum HookEvent: String, Hashable, Sendable {
  case preInstall = "pre-install"
  case postInstall = "post-install"
  case preDelete = "pre-delete"
  case postDelete = "post-delete"
  case preUpgrade = "pre-upgrade"
  case postUpgrade = "post-upgrade"
  case preRollback = "pre-rollback"
  case postRollback = "post-rollback"
  case test
  /// Helm 2's name of `test`.
  case testSuccess = "test-success"

  package var isTest: Bool { self == .test || self == .testSuccess }

  /// The events of an annotation; nil when any of them is unknown, in which case Helm drops the document.
  static func events(of annotation: String) -> [HookEvent]? {
    var events: [HookEvent] = []
    for word in annotation.split(separator: ",", omittingEmptySubsequences: false) {
      guard let event = HookEvent(rawValue: trimmed(word).lowercased()) else { return nil }
      events.append(event)
    }
    return events
  }

  private static func trimmed(_ word: Substring) -> Substring {
    var word = word
    while let first = word.first, first.isWhitespace { word.removeFirst() }
    while let last = word.last, last.isWhitespace { word.removeLast() }
    return word
  }
}
