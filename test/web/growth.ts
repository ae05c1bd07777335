/**
 * How many times as much processor time some work takes on sixteen times as much: about 16 where it grows with it, 256 where it grows with its
 * square. The least of five tries each: on a busy machine, and with a collection in the midst of it, it is some more, so ask for less than 80.
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
  return least(16 * size) / least(size)
}
