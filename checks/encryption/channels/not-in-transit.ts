/**
 * Arguments whose names speak of encryption in transit and that no table of channels has: the reason, then type and
 * argument, or the block that it lies in. Every other argument of the provider with such a name is in those tables.
 */
export const NOT_IN_TRANSIT: readonly { readonly because: string; readonly items: readonly string[] }[] = [
  {
    because: 'is judged by ENC-010, which is about what users reach',
    items: [
      'aws_alb_listener ssl_policy',
      'aws_api_gateway_domain_name security_policy',
      'aws_apigatewayv2_domain_name domain_name_configuration.security_policy',
      'aws_cloudfront_distribution default_cache_behavior.viewer_protocol_policy',
      'aws_cloudfront_distribution ordered_cache_behavior.viewer_protocol_policy',
      'aws_cloudfront_distribution viewer_certificate.minimum_protocol_version',
      'aws_cloudsearch_domain endpoint_options',
      'aws_elasticsearch_domain domain_endpoint_options',
      'aws_elb listener.ssl_certificate_id',
      'aws_iot_domain_configuration tls_config.security_policy',
      'aws_lb_listener ssl_policy',
      'aws_opensearch_domain domain_endpoint_options',
      'aws_transfer_server security_policy_name',
    ],
  },
  {
    because: 'is judged by ENC-012, which is about networks and lines',
    items: [
      'aws_dx_connection encryption_mode',
      'aws_dx_connection request_macsec',
      'aws_ec2_transit_gateway encryption_support',
      'aws_vpn_connection tunnel1_ike_versions',
      'aws_vpn_connection tunnel1_phase1_dh_group_numbers',
      'aws_vpn_connection tunnel1_phase1_encryption_algorithms',
      'aws_vpn_connection tunnel1_phase1_integrity_algorithms',
      'aws_vpn_connection tunnel1_phase2_dh_group_numbers',
      'aws_vpn_connection tunnel1_phase2_encryption_algorithms',
      'aws_vpn_connection tunnel1_phase2_integrity_algorithms',
      'aws_vpn_connection tunnel2_ike_versions',
      'aws_vpn_connection tunnel2_phase1_dh_group_numbers',
      'aws_vpn_connection tunnel2_phase1_encryption_algorithms',
      'aws_vpn_connection tunnel2_phase1_integrity_algorithms',
      'aws_vpn_connection tunnel2_phase2_dh_group_numbers',
      'aws_vpn_connection tunnel2_phase2_encryption_algorithms',
      'aws_vpn_connection tunnel2_phase2_integrity_algorithms',
    ],
  },
  {
    because: 'is about inspection by a gateway, which GTW-007 judges',
    items: [
      'aws_networkfirewall_firewall_policy firewall_policy.tls_inspection_configuration_arn',
      'aws_networkfirewall_tls_inspection_configuration tls_inspection_configuration',
    ],
  },
  {
    because: 'is about encryption at rest',
    items: [
      'aws_dms_endpoint redshift_settings.encryption_mode',
      'aws_dms_s3_endpoint encryption_mode',
      'aws_glue_data_catalog_encryption_settings data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode',
      'aws_glue_security_configuration encryption_configuration',
      'aws_kms_ciphertext plaintext',
      'aws_kms_ciphertext plaintext_wo',
      'aws_kms_ciphertext plaintext_wo_version',
      'aws_ssm_parameter insecure_value',
      'aws_synthetics_canary artifact_config.s3_encryption.encryption_mode',
    ],
  },
  {
    because: 'says who the client is, over TLS that is there without it',
    items: [
      'aws_api_gateway_domain_name mutual_tls_authentication',
      'aws_apigatewayv2_domain_name mutual_tls_authentication',
      'aws_msk_cluster broker_node_group_info.connectivity_info.vpc_connectivity.client_authentication.tls',
      'aws_msk_cluster client_authentication.tls',
      'aws_odb_cloud_autonomous_vm_cluster is_mtls_enabled_vm_cluster',
      'aws_pipes_pipe source_parameters.managed_streaming_kafka_parameters.credentials.client_certificate_tls_auth',
      'aws_pipes_pipe source_parameters.self_managed_kafka_parameters.credentials.client_certificate_tls_auth',
    ],
  },
  {
    because: 'names headers and details of connections that have TLS already',
    items: [
      'aws_alb enable_tls_version_and_cipher_suite_headers',
      ...[
        'mtls_clientcert',
        'mtls_clientcert_issuer',
        'mtls_clientcert_leaf',
        'mtls_clientcert_serial_number',
        'mtls_clientcert_subject',
        'mtls_clientcert_validity',
        'tls_cipher_suite',
        'tls_version',
      ].flatMap((name) =>
        ['aws_alb_listener', 'aws_lb_listener'].map(
          (type) => `${type} routing_http_request_x_amzn_${name}_header_name`,
        ),
      ),
      'aws_cloudfront_distribution viewer_certificate.ssl_support_method',
      'aws_codeconnections_host vpc_configuration.tls_certificate',
      'aws_codestarconnections_host vpc_configuration.tls_certificate',
      'aws_lb enable_tls_version_and_cipher_suite_headers',
      'aws_transfer_connector security_policy_name',
      'aws_transfer_server protocol_details.tls_session_resumption_mode',
    ],
  },
  {
    because: 'is about tokens for metadata, and not about a connection',
    items: [
      'aws_ec2_instance_metadata_defaults http_tokens',
      'aws_imagebuilder_infrastructure_configuration instance_metadata_options.http_tokens',
      'aws_instance metadata_options.http_tokens',
      'aws_launch_configuration metadata_options.http_tokens',
      'aws_launch_template metadata_options.http_tokens',
      'aws_spot_instance_request metadata_options.http_tokens',
    ],
  },
  {
    because: 'is for an interface of AWS, which takes TLS only',
    items: ['aws_dms_s3_endpoint ssl_mode'],
  },
  {
    because: 'is the port of a listener that is there whatever is written, and clients choose',
    items: [
      'aws_odb_cloud_autonomous_vm_cluster scan_listener_port_non_tls',
      'aws_odb_cloud_autonomous_vm_cluster scan_listener_port_tls',
    ],
  },
];
