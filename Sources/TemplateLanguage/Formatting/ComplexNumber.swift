import SourceText
import Values

/// A `complex128`, which only constants such as `2i` make.
package final class ComplexNumber: TemplateObject {
  package let real: Double
  package let imaginary: Double

  package init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }

  package var goType: String { "complex128" }
  package var kind: Kind { .complex128 }
  package func field(_ name: ByteString) -> Value? { nil }
  package func method(_ name: ByteString) -> ObjectMethod? { nil }
  package var stringer: ByteString? { nil }
  package var underlying: Datum { .none }
  package var formatted: ByteString {
    "(" + GoFloat.general(real) + (imaginary.sign == .minus || imaginary.isInfinite ? "" : "+")
      + GoFloat.general(imaginary) + "i)"
  }
  package var isTrue: Bool { real != 0 || imaginary != 0 }
}
