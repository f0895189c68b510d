import type { Order, Product } from '../../generated/application.ts';

/** The names of the tables that the application plane's requests reach. */
export interface Tables {
  readonly tiers: string;
  readonly gates: string;
  readonly tenants: string;
  readonly users: string;
  readonly products: string;
  readonly orders: string;
}

/** A tenant with data, and what is known of it, so that each answer can be compared with what it has to be. */
export interface Shop {
  readonly tenantId: string;
  readonly name: string;
  readonly tier: string;
  readonly admin: { readonly id: string; readonly name: string; readonly role: string };
  /** Access tokens of its administrator; the first is enough where the authorizer's answer is kept. */
  readonly tokens: readonly string[];
  /** Newest first, as lists are. */
  readonly products: readonly Product[];
  readonly orders: readonly Order[];
}

/** Standard tenants have one shard. */
export const shardOf = (tenantId: string): string => `${tenantId}#0`;
