/// The flags, width and precision of one formatting verb.
struct FormatFlags {
  var plus = false
  var minus = false
  var sharp = false
  var space = false
  var zero = false
  /// `%+v` and `%#v` mean something else than the flags elsewhere.
  var plusV = false
  var sharpV = false
  var width: Int?
  var precision: Int?

  /// The flags of a `%v`.
  mutating func turnToValueFlags() {
    sharpV = sharp
    sharp = false
    plusV = plus
    plus = false
  }
}
