import EventLog

/// How far clocks were off, by computer.
struct ClockSkews {
  private let shifts: HostIndex<[ClockShift]>
  private let isEmpty: Bool

  init(_ clocks: ClockShifts, _ hosts: Hosts) {
    shifts = clocks.byHost(hosts)
    isEmpty = clocks.isEmpty
  }

  /// By how many seconds the clocks of a finding's computers may have been off, together, around each episode.
  func seconds(of place: FindingPlace, near episodes: [Episode]) -> [Int64] {
    guard !isEmpty else { return episodes.map { _ in 0 } }
    let own = place.hosts.map { shifts.values(of: $0).flatMap(\.self) }
    return episodes.map { episode in own.reduce(0) { $0 + $1.seconds(near: episode) } }
  }

  /// The shifts of a computer whose clock is another than that of a finding; nil where clocks make no difference.
  func shifts(of host: Host, apartFrom place: FindingPlace) -> [ClockShift]? {
    isEmpty || place.hostIndex.contains(host) ? nil : shifts.values(of: host).flatMap(\.self)
  }
}
