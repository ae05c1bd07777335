/**
 * What counts as one address where attempts are counted: an IPv6 network of 64 bits, which is one customer's, or an IPv4 address, however it
 * is written.
 */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  const [head = '', tail = ''] = address.toLowerCase().split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...(address.includes('::') ? zeros : []), ...right].slice(0, 4).join(':')
}
