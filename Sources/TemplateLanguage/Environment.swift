import SourceText

/// What a render may ask of the world, handed in as values: nothing below the command line reads a clock or
/// an entropy source by itself.
package struct Environment: Sendable {
  /// Seconds and nanoseconds since 1970-01-01 UTC.
  package var now: @Sendable () -> (seconds: Int64, nanoseconds: Int32)
  /// Fills `count` bytes from a random source.
  package var random: @Sendable (_ count: Int) -> [UInt8]
  /// The TZif data of a zone of the time zone database (`Europe/Berlin`); nil when there is none.
  /// The empty name is the local zone.
  package var timeZone: @Sendable (_ name: String) -> [UInt8]?
  /// When not nil, random bytes follow from this number alone: each render gets the same ones.
  package var seed: UInt64?
  /// YAML files whose objects `lookup` finds; nil when there is no cluster to ask.
  package var cluster: [SourceFile]?

  package init(
    now: @escaping @Sendable () -> (seconds: Int64, nanoseconds: Int32),
    random: @escaping @Sendable (_ count: Int) -> [UInt8],
    timeZone: @escaping @Sendable (_ name: String) -> [UInt8]?
  ) {
    self.now = now
    self.random = random
    self.timeZone = timeZone
  }

  /// The environment of one render: with a seed, a stream of random bytes that starts anew.
  package var ofOneRender: Environment {
    guard let seed else { return self }
    var copy = self
    let bytes = SeededBytes(seed: seed)
    copy.random = { bytes.next($0) }
    return copy
  }
}
