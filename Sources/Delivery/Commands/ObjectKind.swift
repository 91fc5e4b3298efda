import SourceText

/// The words with which kubectl's users name kinds of objects.
enum ObjectKind {
  /// The API's name of a kind, from its plural, singular or short name, with or without its group; what is not known
  /// comes back as it is.
  static func canonical(_ word: ResolvedText) -> ResolvedText {
    guard let text = word.constant else { return word }
    let name = lowercased(ByteString(text.bytes.prefix { $0 != UInt8(ascii: ".") }))
    if name == "all" { return ResolvedText("all") }
    for row in table where row.names.contains(name.string) { return ResolvedText(ByteString(row.kind)) }
    return word
  }

  private static func lowercased(_ text: ByteString) -> ByteString {
    ByteString(text.bytes.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 + 32 : $0 })
  }

  /// One row a kind: singular, plural and short names.
  private static let table: [(kind: String, names: [String])] = [
    ("Deployment", ["deployment", "deployments", "deploy"]),
    ("StatefulSet", ["statefulset", "statefulsets", "sts"]),
    ("DaemonSet", ["daemonset", "daemonsets", "ds"]),
    ("ReplicaSet", ["replicaset", "replicasets", "rs"]),
    ("ReplicationController", ["replicationcontroller", "replicationcontrollers", "rc"]),
    ("DeploymentConfig", ["deploymentconfig", "deploymentconfigs", "dc"]),
    ("Rollout", ["rollout", "rollouts", "ro"]),
    ("Pod", ["pod", "pods", "po"]),
    ("Job", ["job", "jobs"]),
    ("CronJob", ["cronjob", "cronjobs", "cj"]),
    ("Service", ["service", "services", "svc"]),
    ("Ingress", ["ingress", "ingresses", "ing"]),
    ("Route", ["route", "routes"]),
    ("Endpoints", ["endpoints", "ep"]),
    ("ConfigMap", ["configmap", "configmaps", "cm"]),
    ("Secret", ["secret", "secrets"]),
    ("Namespace", ["namespace", "namespaces", "ns", "project", "projects"]),
    ("ServiceAccount", ["serviceaccount", "serviceaccounts", "sa"]),
    ("Role", ["role", "roles"]),
    ("RoleBinding", ["rolebinding", "rolebindings"]),
    ("ClusterRole", ["clusterrole", "clusterroles"]),
    ("ClusterRoleBinding", ["clusterrolebinding", "clusterrolebindings"]),
    ("PersistentVolume", ["persistentvolume", "persistentvolumes", "pv"]),
    ("PersistentVolumeClaim", ["persistentvolumeclaim", "persistentvolumeclaims", "pvc"]),
    ("StorageClass", ["storageclass", "storageclasses", "sc"]),
    ("HorizontalPodAutoscaler", ["horizontalpodautoscaler", "horizontalpodautoscalers", "hpa"]),
    ("PodDisruptionBudget", ["poddisruptionbudget", "poddisruptionbudgets", "pdb"]),
    ("NetworkPolicy", ["networkpolicy", "networkpolicies", "netpol"]),
    ("CustomResourceDefinition", ["customresourcedefinition", "customresourcedefinitions", "crd", "crds"]),
    ("Node", ["node", "nodes", "no"]),
  ]
}
