import Delivery
import Kubernetes

/// The input of one run of the rules: what one render, directory or stream holds, in one environment.
package struct Scope: Sendable {
  /// Complete: what is not here does not exist, bar names that usually live elsewhere. Partial: it may exist elsewhere.
  package var isComplete: Bool
  /// True when all objects go to the cluster together, as those of a render or a stream do: a folder may hold
  /// alternatives.
  package var isOneRelease = true
  /// In document order.
  package var objects: [KubernetesObject]
  /// Scripts and pipelines that deliver the objects.
  package var scripts: [DeliveryScript]
  /// The objects of the whole input, for the scripts.
  package var delivered: DeliveredObjects
  /// What pipelines put into the values of the chart.
  package var pipelines: [PipelineRelease]
  /// `group/Kind` of kinds to treat as Deployments besides the built-in workload kinds.
  package var workloadKinds: Set<String>
  /// Values keys whose value differs between the environments or revisions of the run, or that a pipeline sets.
  package var varyingValues: Set<String>
  /// `Kind/name` of objects declared to live outside the input.
  package var external: Set<String>
  /// Images that come whole from a subchart's own defaults are not judged.
  package var ignoresVendorDefaults: Bool
  /// The environment that the input was rendered for; empty where there are none.
  package var environment = ""
  /// Documents that could not be read as objects, for the summary.
  package var unreadableDocuments: Int
  /// The minor version of Kubernetes 1 that the objects are for; nil stands for the newest that is known.
  package var minorVersion: Int?
  /// The oldest minor version that the chart says it supports; nil when it does not say.
  package var oldestMinorVersion: Int?
  /// CustomResourceDefinitions from outside the input.
  package var definitions: [KubernetesObject] = []

  package init(
    isComplete: Bool, objects: [KubernetesObject], scripts: [DeliveryScript] = [],
    delivered: DeliveredObjects = DeliveredObjects(), pipelines: [PipelineRelease] = [],
    workloadKinds: Set<String> = Workload.defaultCustomKinds,
    varyingValues: Set<String> = [], external: Set<String> = [], ignoresVendorDefaults: Bool = false,
    unreadableDocuments: Int = 0
  ) {
    self.isComplete = isComplete
    self.objects = objects
    self.scripts = scripts
    self.delivered = delivered
    self.pipelines = pipelines
    self.workloadKinds = workloadKinds
    self.varyingValues = varyingValues
    self.external = external
    self.ignoresVendorDefaults = ignoresVendorDefaults
    self.unreadableDocuments = unreadableDocuments
  }
}

extension Scope {
  /// The minor version of Kubernetes 1 that is meant where none is given.
  var targetMinorVersion: Int { minorVersion ?? SchemaTable().minorVersion }
}
