/**
 * How many times as much processor time some work takes on four times as much: about 4 where it grows with it, 16 where it grows with its
 * square. The least of five tries each, so that it says the same on a slow machine and on a busy one.
 */
export function growthOf(size: number, work: (size: number) => void): number {
  const least = (of: number): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const before = process.cpuUsage()
        work(of)
        return process.cpuUsage(before).user
      }),
    )
  return least(4 * size) / least(size)
}
