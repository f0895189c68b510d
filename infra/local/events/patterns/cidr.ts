import { BlockList, isIP } from 'node:net';

export function isCidr(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  const version = isIP(address);
  return version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

export function inCidr(address: string, cidr: string): boolean {
  const version = isIP(address);
  const [network = '', bits = ''] = cidr.split('/');
  if (version === 0 || version !== isIP(network)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, Number(bits), family);
  return block.check(address, family);
}
