/** What `trefoil init` writes: a policy that loads as it stands and says at each part what to put there. */
export const POLICY_TEMPLATE = `# The policy of your enclave: what it is, written apart from the stacks that it judges.
# Keep it where those who change the stacks cannot change it alone, and let CI take it from the base branch.
# Replace every value that says "replace"; AWS Regions, AZ ids and accounts are examples too.
version: 1
name: replace with the name of the enclave
description: Replace with what it is for, in a sentence.
# aws, or aws-eusc for the AWS European Sovereign Cloud.
partition: aws

# The countries in which data may be, and why that is lawful until when.
jurisdiction:
  # EU, EEA (with Iceland, Liechtenstein and Norway), EEA+UK, EEA+UK+CH: no country outside the set can be allowed.
  set: EU
  source: replace with the decision that chose the set, its date and who took it
  countries:
    - country: DE
      legalBasis: Member state; the GDPR applies directly
      decision: Regulation (EU) 2016/679
      since: 2018-05-25
      # An adequacy decision, for example, ends on a day:
      # expires: 2031-12-27

# The data centres. A place is pinned by account, Region and AZ ids: zone letters differ between accounts.
sites:
  - id: site-a
    name: replace with the name of the site
    # data-centre (default), monitor or transitional.
    role: data-centre
    country: DE
    region: eu-central-1
    # In quotes: YAML reads an account id without them as a number.
    account: '111111111111'
    zoneIds: [euc1-az1, euc1-az2]
    # A site that is an Outposts rack names it, and what it leaves in the parent Region:
    # outposts:
    #   - arn:aws:outposts:eu-central-1:111111111111:outpost/op-0123456789abcdef0
    # supportingPlaces:
    #   - region: eu-central-1
    #     country: DE
    #     dataClasses: [operational]
    #     reason: The control plane of the rack exists only in its parent Region.
  # The place of an independent monitor, in an account of its own:
  # - id: monitor
  #   name: replace with the name of the place
  #   role: monitor
  #   country: DE
  #   region: eu-central-1
  #   account: '222222222222'

# Every stack that must be there. A missing one makes a run incomplete, one not named here fails it.
stacks:
  - name: replace-with-stack-name
    sites: [site-a]
    # True for a stack that exists only while it is switched on.
    optional: false

# Classes of data, by the value of the data class tag. Restricted data never leaves its site's country.
dataClasses:
  - id: restricted
    description: Personal data
    restricted: true
  - id: operational
    description: Logs, metrics and configuration, without personal data
    restricted: false

# Names of the tags by which resources say what they are.
tags:
  dataClass: data-class
  site: site
  tier: tier

# Tiers of the network, by the value of the tier tag. Only a gateway tier may hold gateways, NAT and front doors.
tiers:
  - id: workload
    exposure: enclave
  - id: data
    exposure: enclave
  - id: gateway
    exposure: gateway

# Services without a Region that may be used, and what their control plane outside the sites learns.
globalServices:
  - resourceType: aws_iam_*
    reason: Every workload acts through a role
    metadataExposure: Names and permissions of roles

keys:
  # At most, in days.
  maximumRotationDays: 365
  # Between the order to delete a key and its deletion, in days; 30 is the most that KMS knows.
  minimumDeletionDays: 30
  # Classes of data whose buckets take objects under no key but their own:
  # uploads: [restricted]
  # Keys outside the analysed stacks that may be used:
  register: []
  # Keys of one site that another may use:
  sharing: []

network:
  # CIDR blocks and prefix lists that security groups may open to.
  approvedPeers:
    - peer: 10.0.0.0/8
      reason: Networks of the sites
  # Exclusions from VPC Block Public Access, and resources that may have a public address.
  publicAccessExclusions: []
  publicAddresses: []
  # The AWS organisation of your accounts, which shares and policies may admit whole:
  # organisation: o-a1b2c3d4e5
  # Networks outside with which packets are exchanged, through a gateway. What is not here is refused.
  # outside:
  #   - id: office
  #     # internet, on-premises (behind a VPN or Direct Connect), partner or monitor.
  #     kind: on-premises
  #     cidrs: [192.0.2.0/24]
  #     # Names that may be resolved and that gateways may let through; a leading dot takes in what is below.
  #     domains: [.office.example]
  #     # Public addresses at which its VPN connections end:
  #     customerGateways: [198.51.100.7]
  #     # Direct Connect locations at which its lines end:
  #     locations:
  #       - code: EqFA5
  #         country: DE
  #     reason: replace with who is there and why
  # Connections that must work: a proof that nothing leaks is worth nothing of a network that lets nothing pass.
  # flows:
  #   - id: orders
  #     # A tier of a site, written site/tier, or a network outside.
  #     from: office
  #     to: site-a/workload
  #     # tcp, udp, icmp or icmpv6; the last two without a port.
  #     protocol: tcp
  #     port: 443
  #     reason: replace with what it is for
  # Pairs of sites whose networks may be linked:
  # links:
  #   - sites: [site-a, monitor]
  #     reason: replace with why they are linked
  # Others with whom networks, endpoint services and resources may be shared; account id, ARN, organisation or service:
  # principals:
  #   - principal: '333333333333'
  #     reason: replace with who it is and why
  # Endpoint services of others that may be used:
  # endpointServices:
  #   - service: com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0
  #     reason: replace with whose it is and why
  # Pairs of tiers between which every packet passes a gateway, within a site too:
  # separatedTiers:
  #   - tiers: [workload, data]
  #     reason: replace with why they are kept apart
  # Ports that only the employee-access gateway may reach; these unless others are named:
  # adminPorts: [22, 3389, 5985, 5986]

# The approved inspection points. Every data centre needs one for its data and one for the people who work on it.
# The kinds network-firewall and appliance serve data; verified-access, client-vpn and appliance serve people.
gateways:
  - id: site-a-data
    site: site-a
    purpose: data-transmission
    kind: network-firewall
    stack: replace-with-stack-name
    address: aws_networkfirewall_firewall.replace
    # It must inspect TLS, unless a registered decision waives that:
    # tlsInspection: waived
    # tlsDecision: replace with who decided it, when and why
    # For the kind appliance, the image that the instance must run, as "image": an id such as ami-0123456789abcdef0.
  - id: site-a-access
    site: site-a
    purpose: employee-access
    kind: verified-access
    stack: replace-with-stack-name
    address: aws_verifiedaccess_instance.replace

tls:
  securityPolicies: [ELBSecurityPolicy-TLS13-1-2-2021-06]
  forwardSecrecy: true
  # Endpoints that take only clients with a certificate, and who may issue certificates:
  # clientCertificates: [load-balancers, apis, brokers]
  # authorities: [amazon]

state:
  backends: [s3]

# The independent monitor, at its site:
# monitor:
#   site: monitor
#   firm: replace with the name of the firm
#   account: '222222222222'
#   archives: [replace-with-archive-bucket]

# Facts that Terraform cannot show, attested by someone for a while:
# evidence:
#   - id: rack-country
#     kind: outpost-country
#     subject: arn:aws:outposts:eu-central-1:111111111111:outpost/op-0123456789abcdef0
#     states: DE
#     issuer: replace with who attests it
#     issued: 2026-01-31
#     expires: 2027-01-31
#     document: replace with where the signed document is kept
evidence: []

gate:
  # Severities at which an unproven finding blocks a pull request. At --stage apply high and critical always do.
  unprovenBlocksChange: []
  # Longest duration of an exception in days, both ends included, and by severity or for a whole stack.
  maximumExceptionDays: 90
  maximumExceptionDaysFor: { critical: 30 }
  # Controls that nobody may except, such as [ENC-001].
  neverExcepted: []

# Resource types that the tool does not know and someone classified: type, scope (regional or global), reason, and what
# they do with data, as classes [stores, moves, computes, network, identity, key, log] or [inert].
resourceTypes: []

# Approved permissions to fail, each for one failure of one resource, with an end; "trefoil except" drafts them:
# exceptions:
#   - id: legacy-queue
#     control: ENC-007
#     stack: replace-with-stack-name
#     address: aws_sqs_queue.legacy
#     fingerprint: 0123456789abcdef01234567
#     reason: replace with why, in at least 20 characters
#     owner: replace with who answers for it
#     approver: replace with who approved it, someone else
#     ticket: replace with where the approval is on record
#     compensatingControls: [replace with what reduces the risk]
#     created: 2026-01-31
#     expires: 2026-03-31
exceptions: []
`;
