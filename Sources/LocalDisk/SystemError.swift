#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The operating system's message for an error number, as Go words it.
package func reason(_ code: Int32) -> String {
  let text = String(cString: strerror(code))
  guard let first = text.first else { return text }
  return first.lowercased() + text.dropFirst()
}
