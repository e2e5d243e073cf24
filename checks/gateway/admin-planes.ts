/** An argument by which people get at machines past the employee-access gateway. */
export interface AdminArgument {
  readonly path: readonly string[];
  /** Whether any value opens the way, or only `true`. */
  readonly opens: 'when-set' | 'when-true';
  /** What it opens, as a clause. */
  readonly way: string;
}

const KEY = 'gives the holder of a key pair a shell';
const EXEC = 'lets people run commands in its containers through the API of ECS';

function key(path: string): readonly AdminArgument[] {
  return [{ path: path.split('.'), opens: 'when-set', way: KEY }];
}

function exec(path: string): readonly AdminArgument[] {
  return [{ path: path.split('.'), opens: 'when-true', way: EXEC }];
}

/** By type. Terraform's schema of 6.25.0 has every path. */
export const ADMIN_ARGUMENTS: ReadonlyMap<string, readonly AdminArgument[]> = new Map([
  ['aws_instance', key('key_name')],
  ['aws_spot_instance_request', key('key_name')],
  ['aws_spot_fleet_request', key('launch_specification.key_name')],
  ['aws_launch_template', key('key_name')],
  ['aws_launch_configuration', key('key_name')],
  // The block alone opens port 22 of every node, to the world where it names no security group.
  ['aws_eks_node_group', key('remote_access')],
  ['aws_emr_cluster', key('ec2_attributes.key_name')],
  ['aws_batch_compute_environment', key('compute_resources.ec2_key_pair')],
  ['aws_imagebuilder_infrastructure_configuration', key('key_pair')],
  ['aws_lightsail_instance', key('key_pair_name')],
  ['aws_odb_cloud_vm_cluster', key('ssh_public_keys')],
  ['aws_glue_dev_endpoint', [...key('public_key'), ...key('public_keys')]],
  ['aws_ecs_service', exec('enable_execute_command')],
  ['aws_cloudwatch_event_target', exec('ecs_target.enable_execute_command')],
  ['aws_scheduler_schedule', exec('target.ecs_parameters.enable_execute_command')],
  ['aws_pipes_pipe', exec('target_parameters.ecs_task_parameters.enable_execute_command')],
  [
    'aws_eks_cluster',
    [
      {
        path: ['vpc_config', 'endpoint_public_access'],
        opens: 'when-true',
        way: 'offers the API of the cluster outside its network',
      },
    ],
  ],
  [
    'aws_ec2_serial_console_access',
    [{ path: ['enabled'], opens: 'when-true', way: 'opens the serial consoles of all instances of the account' }],
  ],
]);

/** Types of which every instance is a way to administer. */
export const ADMIN_TYPES: ReadonlyMap<string, string> = new Map([
  ['aws_key_pair', 'is a key pair, whose holder needs no gateway'],
  ['aws_lightsail_key_pair', 'is a key pair, whose holder needs no gateway'],
  ['aws_ec2_instance_connect_endpoint', 'tunnels from the API of EC2 into its network'],
  ['aws_ssm_activation', 'registers machines with Systems Manager, which opens sessions on them'],
  ['aws_cloud9_environment_ec2', 'is a development environment with a shell in its network'],
]);
