"""A moto server that answers what Terraform's AWS provider asks and moto does not, or not so.

Only answers are added: nothing that moto knows is made to forget. Arguments are moto_server's own.
"""

import json
import sys
import time
import uuid

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths as backup_paths
from moto.ec2 import ec2_backends
from moto.opensearch.models import OpenSearchDomain
from moto.opensearchserverless.models import OpenSearchServiceServerlessBackend
from moto.opensearchserverless.responses import OpenSearchServiceServerlessResponse
from moto.server import main
from moto.sqs.models import Queue


def added_to(owner):
    """Puts a function into a class under its own name."""

    def add(function):
        setattr(owner, function.__name__, function)
        return function

    return add


def around(owner, name):
    """Puts a function in place of a method; it gets the method that was there as its first argument."""

    def wrap(function):
        before = getattr(owner, name)
        setattr(owner, name, lambda self, *args, **named: function(before, self, *args, **named))
        return function

    return wrap


def asked(response):
    return json.loads(response.body or "{}")


def absent(what):
    body = {"__type": "ResourceNotFoundException", "message": f"There is no {what}."}
    return 404, {"x-amzn-errortype": "ResourceNotFoundException"}, json.dumps(body)


# Application Auto Scaling: tags are read after each registration.


@added_to(ApplicationAutoScalingResponse)
def list_tags_for_resource(self):
    return json.dumps({"Tags": {}})


@added_to(ApplicationAutoScalingResponse)
def tag_resource(self):
    return "{}"


@added_to(ApplicationAutoScalingResponse)
def untag_resource(self):
    return "{}"


# Backup: selections.

selections = {}


@added_to(BackupResponse)
def create_backup_selection(self):
    plan, selection = self.path.split("/")[3], str(uuid.uuid4())
    selections[selection] = {
        "BackupSelection": asked(self)["BackupSelection"],
        "BackupPlanId": plan,
        "SelectionId": selection,
        "CreationDate": time.time(),
    }
    return json.dumps({key: selections[selection][key] for key in ("BackupPlanId", "SelectionId", "CreationDate")})


@added_to(BackupResponse)
def get_backup_selection(self):
    found = selections.get(self.path.rstrip("/").split("/")[-1])
    return json.dumps(found) if found else absent("selection")


@added_to(BackupResponse)
def delete_backup_selection(self):
    selections.pop(self.path.rstrip("/").split("/")[-1], None)
    return "{}"


@added_to(BackupResponse)
def list_recovery_points_by_backup_vault(self):
    """Asked before a vault is destroyed with what is in it: here no backup was ever made."""
    return json.dumps({"RecoveryPoints": []})


backup_paths["{0}/backup-vaults/(?P<name>[^/]+)/recovery-points/?$"] = BackupResponse.dispatch


# OpenSearch: a domain is ready at once, and says so in the newer field, too.


@around(OpenSearchDomain, "to_dict")
def domain_to_dict(before, self):
    return {**before(self), "DomainProcessingStatus": "Deleting" if self.deleted else "Active"}


# SQS: who may use a queue for its dead, and policies that outlive a change of something else.

ALLOW = "RedriveAllowPolicy"


@around(Queue, "_set_attributes")
def set_attributes(before, self, attributes, now=None):
    policy = self.policy if hasattr(self, "_policy_json") else None
    before(self, attributes, now)
    if "Policy" not in attributes and policy:
        self.policy = policy


original_attributes = Queue.attributes.fget


def queue_attributes(self):
    allowed = getattr(self, "redrive_allow_policy", None)
    return {**original_attributes(self), **({ALLOW: allowed} if allowed else {})}


Queue.attributes = property(queue_attributes)


def read_known_attributes():
    from moto.sqs.models import SQSBackend

    @around(SQSBackend, "get_queue_attributes")
    def get_queue_attributes(before, self, queue_name, attribute_names):
        names = [name for name in attribute_names or [] if name != ALLOW]
        found = before(self, queue_name, names)
        allowed = self.get_queue(queue_name).attributes.get(ALLOW)
        wanted = attribute_names and (ALLOW in attribute_names or "All" in attribute_names)
        return {**found, ALLOW: allowed} if wanted and allowed else found


read_known_attributes()


# OpenSearch Serverless: data policies, endpoints, and collections beside policies that are not for encryption.

data_policies = {}


def policy_detail(policy):
    return json.dumps({"accessPolicyDetail": policy})


@added_to(OpenSearchServiceServerlessResponse)
def create_access_policy(self):
    given, now = asked(self), int(time.time() * 1000)
    policy = {
        **{key: given[key] for key in ("name", "type", "description") if given.get(key)},
        "policy": json.loads(given["policy"]),
        "policyVersion": uuid.uuid4().hex,
        "createdDate": now,
        "lastModifiedDate": now,
    }
    data_policies[given["type"], given["name"]] = policy
    return policy_detail(policy)


@added_to(OpenSearchServiceServerlessResponse)
def get_access_policy(self):
    given = asked(self)
    found = data_policies.get((given["type"], given["name"]))
    return policy_detail(found) if found else absent("policy")


@added_to(OpenSearchServiceServerlessResponse)
def delete_access_policy(self):
    given = asked(self)
    data_policies.pop((given["type"], given["name"]), None)
    return "{}"


@added_to(OpenSearchServiceServerlessResponse)
def delete_security_policy(self):
    given, known = asked(self), self.opensearchserverless_backend.security_policies
    for key in [key for key, policy in known.items() if (policy.name, policy.type) == (given["name"], given["type"])]:
        del known[key]
    return "{}"


@added_to(OpenSearchServiceServerlessResponse)
def batch_get_vpc_endpoint(self):
    known = self.opensearchserverless_backend.os_endpoints.values()
    details = [
        {
            **endpoint.to_dict(),
            "vpcId": endpoint.vpc_id,
            "subnetIds": endpoint.subnet_ids,
            "securityGroupIds": endpoint.security_group_ids,
        }
        for endpoint in known
        if endpoint.id in asked(self)["ids"]
    ]
    return json.dumps({"vpcEndpointDetails": details, "vpcEndpointErrorDetails": []})


@added_to(OpenSearchServiceServerlessResponse)
def delete_vpc_endpoint(self):
    wanted, known = asked(self)["id"], self.opensearchserverless_backend.os_endpoints
    for key in [key for key, endpoint in known.items() if endpoint.id == wanted]:
        del known[key]
    return json.dumps({"deleteVpcEndpointDetail": {"id": wanted, "status": "DELETING"}})


@around(OpenSearchServiceServerlessBackend, "create_vpc_endpoint")
def create_vpc_endpoint(before, self, client_token, name, security_group_ids, subnet_ids, vpc_id):
    """The provider asks EC2, too, about the endpoint."""
    endpoint = before(self, client_token, name, security_group_ids, subnet_ids, vpc_id)
    ec2 = ec2_backends[self.account_id][self.region_name]
    twin = ec2.create_vpc_endpoint(
        vpc_id,
        f"com.amazonaws.{self.region_name}.aoss",
        "Interface",
        None,
        [],
        subnet_ids=subnet_ids,
        security_group_ids=security_group_ids,
    )
    ec2.vpc_end_points[endpoint.id] = ec2.vpc_end_points.pop(twin.id)
    twin.id = endpoint.id
    return endpoint


class OwnedKey(dict):
    """An encryption policy with AWS's own key, which names none."""

    def __missing__(self, key):
        if key == "KmsARN":
            return "auto"
        raise KeyError(key)


@around(OpenSearchServiceServerlessBackend, "create_collection")
def create_collection(before, self, *args, **named):
    every = self.security_policies
    self.security_policies = {key: policy for key, policy in every.items() if policy.type == "encryption"}
    for policy in self.security_policies.values():
        policy.policy = OwnedKey(policy.policy)
    try:
        return before(self, *args, **named)
    finally:
        self.security_policies = every


main(sys.argv[1:])
