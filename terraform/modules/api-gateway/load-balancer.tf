resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "network"
  internal           = true
  subnets            = var.network.subnet_ids
  security_groups    = [aws_security_group.load_balancer.id]

  # What comes by the VPC link is not judged by the group's rules: so the group lets nobody else in.
  enforce_security_group_inbound_rules_on_private_link_traffic = "off"
  enable_cross_zone_load_balancing                             = true
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-load-balancer"
  description = "Load balancer: nothing inbound but the VPC link, the API tasks outbound"
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "To the API tasks"
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}

resource "aws_security_group" "tasks" {
  name        = "${var.name}-behind"
  description = "API tasks: from the load balancer alone"
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "tasks" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "From the load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}

resource "aws_lb_target_group" "this" {
  name        = var.name
  vpc_id      = var.network.vpc_id
  target_type = "ip"
  protocol    = "TCP"
  port        = var.port
  # A task stops within 30 s; event streams end with it, and clients begin them again.
  deregistration_delay = 30

  health_check {
    protocol            = "HTTP"
    path                = "/health/live"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "TCP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_api_gateway_vpc_link" "this" {
  name        = var.name
  target_arns = [aws_lb.this.arn]
}
