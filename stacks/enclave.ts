import type { App } from 'cdktf';
import { BaselineStack } from './baseline-stack.ts';
import { DataStack } from './data/data-stack.ts';
import { OutpostDataStack } from './data/outpost-data-stack.ts';
import { GatewayStack } from './gateway/gateway-stack.ts';
import { OutpostGatewayStack } from './gateway/outpost-gateway-stack.ts';
import { KeysStack } from './keys-stack.ts';
import { LinkStack } from './links/link-stack.ts';
import { ReplicationStack } from './links/replication-stack.ts';
import { ArchiveStack } from './monitor/archive-stack.ts';
import { MonitorStack } from './monitor/monitor-stack.ts';
import { NetworkStack } from './network/network-stack.ts';
import { OutpostNetworkStack } from './network/outpost-network-stack.ts';
import type { LinkedNetwork } from './network/transit.ts';
import { sitePairs, siteRegions, SITES, type OutpostSite, type RegionSite, type Site } from './sites.ts';
import { TransitionalStack } from './transitional-stack.ts';
import { OutpostWorkloadsStack } from './workloads/outpost-workloads-stack.ts';
import { WorkloadsStack } from './workloads/workloads-stack.ts';

/** What other stacks of the enclave use of a built site. */
interface BuiltSite {
  readonly network: LinkedNetwork;
  /** Regional stores; none at a site whose data rests on an Outpost. */
  readonly data: DataStack | null;
}

/** Adds every stack of the enclave to the app. */
export function addEnclave(app: App): void {
  const monitor = new MonitorStack(app);
  const archives = new Map(siteRegions().map((region) => [region, new ArchiveStack(app, region, monitor)]));

  const built = new Map<string, BuiltSite>();
  for (const site of SITES) {
    const archive = archives.get(site.region);
    if (archive === undefined) throw new Error(`No log archive in ${site.region}`);
    built.set(site.id, site.kind === 'region' ? addRegionSite(app, site, archive) : addOutpostSite(app, site, archive));
  }

  for (const [first, second] of sitePairs()) {
    const [from, to] = [siteOf(built, first), siteOf(built, second)];
    new LinkStack(app, { site: first, network: from.network }, { site: second, network: to.network });
    // Restricted data may not cross a border, so only stores of one country are copies of each other.
    if (first.country !== second.country || from.data === null || to.data === null) continue;
    new ReplicationStack(app, from.data, to.data);
  }

  if (app.node.tryGetContext('transitionalEnclave') === true) new TransitionalStack(app, monitor);
}

function addRegionSite(app: App, site: RegionSite, archive: ArchiveStack): BuiltSite {
  const keys = new KeysStack(app, site, archive);
  new BaselineStack(app, site, keys);
  const network = new NetworkStack(app, site, archive);
  new GatewayStack(app, site, { keys, network, archive });
  const data = new DataStack(app, site, { keys, network });
  new WorkloadsStack(app, site, { keys, network, data, archive });
  return { network: network.linked, data };
}

function addOutpostSite(app: App, site: OutpostSite, archive: ArchiveStack): BuiltSite {
  const keys = new KeysStack(app, site, archive);
  new BaselineStack(app, site, keys);
  const network = new OutpostNetworkStack(app, site, archive);
  new OutpostGatewayStack(app, site, { keys, network, archive });
  const data = new OutpostDataStack(app, site, { keys, network });
  new OutpostWorkloadsStack(app, site, { keys, network, data });
  return { network: network.linked, data: null };
}

function siteOf(built: ReadonlyMap<string, BuiltSite>, site: Site): BuiltSite {
  const found = built.get(site.id);
  if (found === undefined) throw new Error(`Site ${site.id} is not built`);
  return found;
}
