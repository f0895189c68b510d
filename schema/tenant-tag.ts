/**
 * The session tag that says whose rows a session may reach: functions set it (functions/layer/tenant-session.ts), and the data roles'
 * conditions compare partition keys with it.
 */
export const tenantTag = 'TenantId';
