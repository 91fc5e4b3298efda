/// Tells how much native stack is left.
enum StackGuard {
  /// The lowest address that work that starts here may reach with `bytes` of stack.
  @inline(never) static func floor(below bytes: Int) -> UInt {
    let here = address()
    // A quarter, at most 256 KiB, stays free for the functions that templates call.
    let usable = UInt(max(0, bytes - min(bytes / 4, 256 << 10)))
    return here > usable ? here - usable : 0
  }

  /// An address in the present stack frame.
  @inline(never) static func address() -> UInt {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
  }
}
