/// Where a value came from: an index into an `OriginTable`. Zero is "nothing known".
package struct OriginID: Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package static let none = OriginID(0)
}

/// A place in a template that writes output: a stretch of literal text or an action.
/// Index into the table's sites; zero is "not printed yet".
package struct SiteID: Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package static let none = SiteID(0)
}

/// The chain of `include`, `template` and `tpl` calls under which a site ran. Zero is the file itself.
package struct FrameID: Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package static let none = FrameID(0)
}

/// What an `OriginID` stands for.
package enum Origin: Hashable, Sendable {
  case unknown
  /// A node of a YAML or JSON file: values, Chart.yaml, a `--set-file` content, a chart file.
  case leaf(SourceRange)
  /// Part of a command-line argument.
  case argument(SourceRange)
  /// A constant written inside a template action, for example the `"x"` of `default "x"`.
  case constant(SourceRange)
  /// What the program itself supplies, for example `.Release.Name` or `.Capabilities.KubeVersion`.
  case builtIn(String)
  /// The result of a function that mixes its inputs beyond recognition.
  case derived(function: String, inputs: [OriginID])
}

/// One call on the way from a template file to a site.
package struct Frame: Sendable {
  package var parent: FrameID
  /// The action that made the call.
  package var caller: SiteID
  /// The name of the template that was called.
  package var template: String
}

/// A side of an `if`, `with` or `range` that did not run, once under one chain of calls.
package struct SkippedBranch: Hashable, Sendable {
  package enum Side: Hashable, Sendable {
    case body
    /// What stands behind `else`.
    case otherwise
  }

  package var site: SiteID
  package var frame: FrameID
  package var side: Side

  package init(site: SiteID, frame: FrameID, side: Side) {
    self.site = site
    self.frame = frame
    self.side = side
  }
}
