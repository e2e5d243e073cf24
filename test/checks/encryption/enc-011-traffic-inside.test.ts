import check from '../../../checks/encryption/enc-011-traffic-inside.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const west = (resource: Body, more: Body = {}) => ({ west: { ...more, resource } });
const one = (type: string, body: Body, more: Body = {}) => west({ [type]: { ledger: body } }, more);
const variable = (name: string) => ({ variable: { [name]: { type: 'string' } } });

const parameter = (name: string, value: unknown) => ({ parameter: [{ name, value }] });
const database = (family: string, group: Body, body: Body = {}) =>
  west({
    aws_db_parameter_group: { ledger: { family, ...group } },
    aws_db_instance: { ledger: { parameter_group_name: '${aws_db_parameter_group.ledger.name}', ...body } },
  });
const oracle = (option: unknown, body: Body = {}) =>
  west(
    {
      aws_db_option_group: { ledger: { engine_name: 'oracle-ee', major_engine_version: '19', option } },
      aws_db_instance: {
        ledger: { engine: 'oracle-ee', option_group_name: '${aws_db_option_group.ledger.name}', ...body },
      },
    },
    variable('value'),
  );
const encrypted = (name: unknown, value?: unknown) => [
  { option_name: 'Timezone' },
  { option_name: 'NATIVE_NETWORK_ENCRYPTION', option_settings: [{ name, ...(value === undefined ? {} : { value }) }] },
];
const emr = (isOn: unknown) => ({
  configuration: JSON.stringify({ EncryptionConfiguration: { EnableInTransitEncryption: isOn } }),
});
const job = (volume: Body) => ({
  container_properties: JSON.stringify({ volumes: [{ efsVolumeConfiguration: volume }] }),
});

testCheck(check, {
  pass: [
    {
      name: 'a serverless warehouse that requires TLS, and rules of IoT that send on over it',
      stacks: west({
        aws_redshiftserverless_workgroup: {
          ledger: {
            config_parameter: [
              { parameter_key: 'datestyle', parameter_value: 'ISO' },
              { parameter_key: 'require_ssl', parameter_value: 'true' },
            ],
          },
        },
        aws_iot_topic_rule: {
          ledger: {
            http: [{ url: 'https://ledger.example/in' }],
            kafka: { client_properties: { 'security.protocol': 'SASL_SSL' } },
            error_action: { kafka: { client_properties: { 'security.protocol': 'SSL' } } },
          },
          queue: { sqs: { queue_url: 'https://sqs.example' } },
        },
        aws_quicksight_data_source: { ledger: { ssl_properties: { disable_ssl: false } }, bare: {} },
      }),
    },
    {
      name: 'an Oracle database that requires its own encryption',
      stacks: oracle(encrypted('SQLNET.ENCRYPTION_SERVER', 'required')),
    },
    {
      name: 'a Db2 database that listens for TLS alone',
      stacks: database('db2-se-11.5', parameter('DB2COMM', 'SSL')),
    },
    {
      name: 'databases whose groups refuse plain connections',
      stacks: west({
        aws_db_parameter_group: {
          postgres: { family: 'postgres14', ...parameter('rds.force_ssl', 1) },
          mysql: { family: 'mysql8.0', ...parameter('require_secure_transport', 'ON') },
          sql: { family: 'sqlserver-se-15.0', ...parameter('rds.force_ssl', '1') },
        },
        aws_rds_cluster_parameter_group: {
          aurora: { family: 'aurora-mysql8.0', ...parameter('require_secure_transport', 'true') },
        },
        aws_docdb_cluster_parameter_group: { ledger: { family: 'docdb5.0', ...parameter('tls', 'tls1.2+') } },
        aws_redshift_parameter_group: { ledger: { family: 'redshift-1.0', ...parameter('require_ssl', 'true') } },
        aws_db_instance: {
          postgres: { parameter_group_name: '${aws_db_parameter_group.postgres.name}' },
          mysql: { parameter_group_name: '${aws_db_parameter_group.mysql.name}' },
          sql: { parameter_group_name: '${aws_db_parameter_group.sql.name}' },
        },
        aws_rds_cluster: {
          aurora: { db_cluster_parameter_group_name: '${aws_rds_cluster_parameter_group.aurora.name}' },
        },
        aws_docdb_cluster: {
          ledger: { db_cluster_parameter_group_name: '${aws_docdb_cluster_parameter_group.ledger.name}' },
        },
        aws_redshift_cluster: {
          ledger: { cluster_parameter_group_name: '${aws_redshift_parameter_group.ledger.name}' },
        },
      }),
    },
    {
      name: 'databases whose families refuse plain connections unless told otherwise',
      stacks: west({
        aws_db_parameter_group: { ledger: { family: 'postgres16', ...parameter('log_statement', 'all') } },
        aws_db_instance: {
          grouped: { parameter_group_name: '${aws_db_parameter_group.ledger.name}' },
          bare: { engine: 'postgres', engine_version: '15.4' },
          named: { parameter_group_name: 'default.postgres17' },
        },
        aws_docdb_cluster: { ledger: {} },
        aws_neptune_cluster: { ledger: {} },
        aws_redshift_cluster: { ledger: { cluster_parameter_group_name: 'default.redshift-2.0' } },
        aws_rds_cluster: {
          ledger: { engine: 'aurora-postgresql', engine_version: '17.4' },
          mysql: { db_cluster_parameter_group_name: 'default.aurora-mysql8.4' },
        },
      }),
    },
    {
      name: 'caches, brokers and search',
      stacks: west({
        aws_elasticache_replication_group: {
          ledger: { transit_encryption_enabled: true },
          said: { transit_encryption_enabled: 'true', transit_encryption_mode: 'required' },
        },
        aws_elasticache_cluster: {
          ledger: { engine: 'memcached', transit_encryption_enabled: true },
          part: { replication_group_id: '${aws_elasticache_replication_group.ledger.id}' },
        },
        aws_memorydb_cluster: { ledger: {} },
        aws_dax_cluster: { ledger: { cluster_endpoint_encryption_type: 'TLS' } },
        aws_msk_cluster: { ledger: {} },
        aws_mskconnect_connector: { ledger: { kafka_cluster_encryption_in_transit: { encryption_type: 'TLS' } } },
        aws_opensearch_domain: { ledger: { node_to_node_encryption: { enabled: true } } },
        aws_db_proxy: { ledger: { require_tls: true } },
      }),
    },
    {
      name: 'what mounts, moves and runs',
      stacks: west({
        aws_ecs_task_definition: {
          ledger: { volume: [{ efs_volume_configuration: { transit_encryption: 'ENABLED' } }, { name: 'scratch' }] },
        },
        aws_ecs_service: {
          ledger: {
            service_connect_configuration: {
              service: { tls: { issuer_cert_authority: { aws_pca_authority_arn: 'arn:aws:acm-pca:x' } } },
            },
          },
        },
        aws_batch_job_definition: { ledger: job({ fileSystemId: 'fs-1', transitEncryption: 'ENABLED' }) },
        aws_dms_endpoint: {
          ledger: { engine_name: 'postgres', ssl_mode: 'verify-full' },
          kafka: { engine_name: 'kafka', kafka_settings: { security_protocol: 'sasl-ssl' } },
          redis: { engine_name: 'redis', redis_settings: { server_name: 'ledger' } },
        },
        aws_glue_connection: {
          ledger: {
            connection_properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://ledger:5432/x', JDBC_ENFORCE_SSL: 'true' },
          },
        },
        aws_emr_security_configuration: { ledger: emr(true) },
        aws_emr_cluster: {
          ledger: { security_configuration: '${aws_emr_security_configuration.ledger.name}' },
        },
        aws_codebuild_project: { ledger: { source: { type: 'GITHUB_ENTERPRISE' } } },
      }),
    },
    {
      name: 'what speaks HTTPS to what stands behind it',
      stacks: west(
        {
          aws_lb_target_group: { ledger: { protocol: 'HTTPS' } },
          aws_api_gateway_integration: { ledger: { type: 'HTTP_PROXY', uri: 'https://${var.host}/ledger' } },
          aws_vpclattice_listener: { ledger: { protocol: 'HTTPS' } },
          aws_appmesh_virtual_node: { ledger: { spec: { listener: { tls: { mode: 'STRICT' } } } } },
          aws_cloudfront_distribution: {
            ledger: { origin: [{ custom_origin_config: { origin_protocol_policy: 'https-only' } }] },
          },
          aws_sns_topic_subscription: { ledger: { protocol: 'https' } },
        },
        variable('host'),
      ),
    },
  ],

  fail: [
    {
      name: 'a serverless warehouse and rules of IoT that take or send anything',
      stacks: west({
        aws_redshiftserverless_workgroup: {
          ledger: { config_parameter: { parameter_key: 'require_ssl', parameter_value: 'false' } },
        },
        aws_iot_topic_rule: {
          server: { http: [{ url: 'http://ledger.example/in' }] },
          brokers: { kafka: { client_properties: { 'bootstrap.servers': 'b-1:9092' } } },
          errors: { error_action: { kafka: { client_properties: { 'security.protocol': 'SASL_PLAINTEXT' } } } },
        },
        aws_quicksight_data_source: { ledger: { ssl_properties: { disable_ssl: true } } },
      }),
      fails: {
        'aws_redshiftserverless_workgroup.ledger': 'plain',
        'aws_iot_topic_rule.server': 'plain',
        'aws_iot_topic_rule.brokers': 'plain',
        'aws_iot_topic_rule.errors': 'plain',
        'aws_quicksight_data_source.ledger': 'plain',
      },
    },
    ...[
      { name: 'without it', option: [{ option_name: 'SSL', port: 2484 }] },
      { name: 'that only asks for it', option: encrypted('SQLNET.ENCRYPTION_SERVER', 'REQUESTED') },
      { name: 'that leaves it to the default', option: encrypted('SQLNET.ENCRYPTION_TYPES_SERVER', 'AES256') },
      { name: 'whose setting has no value', option: encrypted('SQLNET.ENCRYPTION_SERVER') },
    ].map(({ name, option }) => ({
      name: `an Oracle database ${name}`,
      stacks: oracle(option),
      fails: { 'aws_db_instance.ledger': 'oracle' } as const,
    })),
    {
      name: 'an Oracle database without an option group of its own',
      stacks: one('aws_db_instance', { engine: 'oracle-se2', engine_version: '19' }),
      fails: { 'aws_db_instance.ledger': 'oracle' },
    },
    {
      name: 'a Db2 database that listens for both, and databases of the default groups',
      stacks: west({
        aws_db_parameter_group: { ledger: { family: 'db2-ae-11.5', ...parameter('db2comm', 'TCPIP,SSL') } },
        aws_db_instance: {
          ledger: { engine: 'db2-ae', parameter_group_name: '${aws_db_parameter_group.ledger.name}' },
          db2: { engine: 'db2-se', engine_version: '11.5.9.0.sb00000000.r1' },
          sql: { engine: 'sqlserver-se', engine_version: '15.00.4430.1.v1' },
        },
      }),
      fails: {
        'aws_db_instance.ledger': 'optional',
        'aws_db_instance.db2': 'optional',
        'aws_db_instance.sql': 'optional',
      },
    },
    {
      name: 'a database whose group switches it off, although its family has it on',
      stacks: database('postgres16', parameter('rds.force_ssl', '0')),
      fails: { 'aws_db_instance.ledger': 'optional' },
    },
    {
      name: 'a database whose group sets it twice',
      stacks: database('postgres16', {
        parameter: [
          { name: 'rds.force_ssl', value: '1' },
          { name: 'RDS.FORCE_SSL', value: '0' },
        ],
      }),
      fails: { 'aws_db_instance.ledger': 'optional' },
    },
    {
      name: 'a database whose group sets the parameter of another engine',
      stacks: database('mysql8.0', parameter('rds.force_ssl', '1')),
      fails: { 'aws_db_instance.ledger': 'optional' },
    },
    {
      name: 'databases of engines that take plain connections by default',
      stacks: west({
        aws_db_instance: {
          postgres: { engine: 'postgres', engine_version: '14.9' },
          mysql: { engine: 'mysql', engine_version: '8.0.36' },
          named: { parameter_group_name: 'default.mariadb10.6' },
        },
        aws_rds_cluster: {
          ledger: { engine: 'aurora-postgresql', engine_version: '16.6' },
          mysql: { db_cluster_parameter_group_name: 'default.aurora-mysql8.0' },
        },
        aws_redshift_cluster: { ledger: { cluster_parameter_group_name: 'default.redshift-1.0' } },
      }),
      fails: {
        'aws_db_instance.postgres': 'optional',
        'aws_db_instance.mysql': 'optional',
        'aws_db_instance.named': 'optional',
        'aws_rds_cluster.ledger': 'optional',
        'aws_rds_cluster.mysql': 'optional',
        'aws_redshift_cluster.ledger': 'optional',
      },
    },
    {
      name: 'a DocumentDB cluster whose group takes TLS away',
      stacks: west({
        aws_docdb_cluster_parameter_group: { ledger: { family: 'docdb5.0', ...parameter('tls', 'disabled') } },
        aws_docdb_cluster: {
          ledger: { db_cluster_parameter_group_name: '${aws_docdb_cluster_parameter_group.ledger.name}' },
        },
      }),
      fails: { 'aws_docdb_cluster.ledger': 'optional' },
    },
    {
      name: 'caches that prefer it, or do without',
      stacks: west({
        aws_elasticache_replication_group: {
          ledger: { transit_encryption_enabled: true, transit_encryption_mode: 'preferred' },
          off: { transit_encryption_enabled: false },
        },
        aws_memorydb_cluster: { ledger: { tls_enabled: false } },
        aws_dax_cluster: { ledger: {} },
      }),
      fails: {
        'aws_elasticache_replication_group.ledger': 'plain',
        'aws_elasticache_replication_group.off': 'plain',
        'aws_memorydb_cluster.ledger': 'plain',
        'aws_dax_cluster.ledger': 'plain',
      },
    },
    {
      name: 'one volume of several, and one listener of several',
      stacks: west({
        aws_ecs_task_definition: {
          ledger: {
            volume: [
              { efs_volume_configuration: { transit_encryption: 'ENABLED' } },
              { efs_volume_configuration: { file_system_id: 'fs-1' } },
            ],
          },
        },
        aws_appmesh_virtual_node: {
          ledger: { spec: { listener: [{ tls: { mode: 'STRICT' } }, { port_mapping: { port: 80 } }] } },
        },
      }),
      fails: { 'aws_ecs_task_definition.ledger': 'plain', 'aws_appmesh_virtual_node.ledger': 'plain' },
    },
    {
      name: 'documents that say nothing',
      stacks: west({
        aws_batch_job_definition: { ledger: job({ fileSystemId: 'fs-1' }) },
        aws_emr_security_configuration: { ledger: emr(false) },
        aws_emr_cluster: {
          ledger: { security_configuration: '${aws_emr_security_configuration.ledger.name}' },
          bare: {},
        },
      }),
      fails: {
        'aws_batch_job_definition.ledger': 'document',
        'aws_emr_security_configuration.ledger': 'document',
        'aws_emr_cluster.ledger': 'plain',
        'aws_emr_cluster.bare': 'plain',
      },
    },
    {
      name: 'services that speak HTTP to what stands behind',
      stacks: west(
        {
          aws_lb_target_group: { ledger: { protocol: 'HTTP' } },
          aws_api_gateway_integration: { ledger: { type: 'HTTP', uri: 'http://${var.host}/' } },
          aws_s3_bucket_website_configuration: { ledger: { index_document: { suffix: 'index.html' } } },
          aws_sns_topic_subscription: { ledger: { protocol: 'http' } },
          aws_ecs_service: { ledger: { service_connect_configuration: { service: { port_name: 'ledger' } } } },
          aws_codebuild_project: { ledger: { source: { insecure_ssl: true } } },
          aws_dms_endpoint: { ledger: { engine_name: 'mysql' } },
        },
        variable('host'),
      ),
      fails: {
        'aws_lb_target_group.ledger': 'plain',
        'aws_api_gateway_integration.ledger': 'plain',
        'aws_s3_bucket_website_configuration.ledger': 'plain',
        'aws_sns_topic_subscription.ledger': 'plain',
        'aws_ecs_service.ledger': 'plain',
        'aws_codebuild_project.ledger': 'plain',
        'aws_dms_endpoint.ledger': 'plain',
      },
    },
  ],

  unproven: [
    {
      name: 'a serverless warehouse and rules of IoT that do not tell',
      stacks: west(
        {
          aws_redshiftserverless_workgroup: {
            silent: { config_parameter: { parameter_key: 'datestyle', parameter_value: 'ISO' } },
            hidden: { config_parameter: { parameter_key: 'require_ssl', parameter_value: '${var.value}' } },
            named: { config_parameter: { parameter_key: '${var.value}', parameter_value: 'true' } },
          },
          aws_iot_topic_rule: {
            server: { http: { url: '${var.value}' } },
            brokers: { kafka: { client_properties: '${var.value}' } },
          },
        },
        variable('value'),
      ),
      unproven: {
        'aws_redshiftserverless_workgroup.silent': 'does not set require_ssl',
        'aws_redshiftserverless_workgroup.hidden': 'var.value',
        'aws_redshiftserverless_workgroup.named': 'var.value',
        'aws_iot_topic_rule.server': 'var.value',
        'aws_iot_topic_rule.brokers': 'var.value',
      },
    },
    {
      name: 'an option group outside the estate',
      stacks: one('aws_db_instance', { engine: 'oracle-ee', option_group_name: 'made-by-hand' }),
      unproven: { 'aws_db_instance.ledger': '"made-by-hand", which is not in the estate' },
    },
    {
      name: 'an Oracle database from a snapshot',
      stacks: one('aws_db_instance', { engine: 'oracle-ee', snapshot_identifier: 'rds:ledger' }),
      unproven: { 'aws_db_instance.ledger': 'that of its snapshot_identifier' },
    },
    ...[
      oracle(encrypted('SQLNET.ENCRYPTION_SERVER', '${var.value}')),
      oracle(encrypted('${var.value}', 'REQUIRED')),
      oracle([{ option_name: '${var.value}' }]),
      oracle('${var.value}'),
      oracle([{ option_name: 'NATIVE_NETWORK_ENCRYPTION', option_settings: '${var.value}' }]),
      oracle(encrypted('SQLNET.ENCRYPTION_SERVER', 'REQUIRED'), { option_group_name: '${var.value}' }),
    ].map((stacks, index) => ({
      name: `an Oracle database of which only the run knows the options (${String(index)})`,
      stacks,
      unproven: { 'aws_db_instance.ledger': 'var.value' },
    })),
    {
      name: 'a parameter group outside the estate',
      stacks: one('aws_db_instance', { engine: 'postgres', parameter_group_name: 'made-by-hand' }),
      unproven: { 'aws_db_instance.ledger': '"made-by-hand", which is not in the estate' },
    },
    {
      name: 'a parameter whose name only the run knows',
      stacks: west(
        {
          aws_db_parameter_group: { ledger: { family: 'postgres16', ...parameter('${var.name}', '0') } },
          aws_db_instance: { ledger: { parameter_group_name: '${aws_db_parameter_group.ledger.name}' } },
        },
        variable('name'),
      ),
      unproven: { 'aws_db_instance.ledger': 'var.name' },
    },
    {
      name: 'a parameter whose value only the run knows',
      stacks: west(
        {
          aws_db_parameter_group: { ledger: { family: 'postgres16', ...parameter('rds.force_ssl', '${var.on}') } },
          aws_db_instance: { ledger: { parameter_group_name: '${aws_db_parameter_group.ledger.name}' } },
        },
        variable('on'),
      ),
      unproven: { 'aws_db_instance.ledger': 'var.on' },
    },
    {
      name: 'an engine without a version, one of which no default is known, and one that no table has',
      stacks: west({
        aws_db_instance: {
          replica: { replicate_source_db: 'ledger' },
          mysql: { engine: 'mysql', engine_version: '8.4.3' },
          oracle: { engine: 'custom-oracle-ee', engine_version: '19' },
        },
        aws_redshift_cluster: { ledger: {} },
      }),
      unproven: {
        'aws_db_instance.replica': 'names no parameter group',
        'aws_db_instance.mysql': 'the default of require_secure_transport is not known',
        'aws_db_instance.oracle': 'no default is known',
        'aws_redshift_cluster.ledger': 'names no parameter group',
      },
    },
    {
      name: 'a switch without a value, an address without a scheme, and a document of the run',
      stacks: west(
        {
          aws_db_proxy: { ledger: { require_tls: '${var.value}' } },
          aws_api_gateway_integration: { ledger: { type: 'HTTP', uri: '${var.value}/ledger' } },
          aws_batch_job_definition: { ledger: { container_properties: '${var.value}' } },
          aws_emr_cluster: { ledger: { security_configuration: 'made-by-hand' } },
          aws_elasticache_replication_group: { ledger: {} },
        },
        variable('value'),
      ),
      unproven: {
        'aws_db_proxy.ledger': 'var.value',
        'aws_api_gateway_integration.ledger': 'var.value',
        'aws_batch_job_definition.ledger': 'var.value',
        'aws_emr_cluster.ledger': 'not in the estate',
        'aws_elasticache_replication_group.ledger': 'AWS decides by engine and version',
      },
    },
    {
      name: 'a volume that a dynamic block may make',
      stacks: one(
        'aws_ecs_task_definition',
        { dynamic: { volume: { for_each: '${var.volumes}', content: { name: '${volume.value}' } } } },
        variable('volumes'),
      ),
      unproven: { 'aws_ecs_task_definition.ledger': 'dynamic.volume' },
    },
  ],
});
