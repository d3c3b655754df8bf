/system identity set name={{ hostname | routeros }}
{%- if user == "admin" %}
/user set [find name="admin"] password={{ password.plain | routeros }}
{%- else %}
/user add name={{ user | routeros }} group=full password={{ password.plain | routeros }}
{%- endif %}
{%- for key in ssh_keys %}
{#- It knows no other types. #}
{%- if key.type == "ssh-rsa" or key.type == "ssh-ed25519" %}
/user ssh-keys add user={{ user | routeros }} key={{ key.line | routeros }}
{%- endif %}
{%- endfor %}
{%- if management %}
{%- if management.mode == "static" and management.ipv4 %}
/ip dhcp-client remove [find interface={{ management.device_name | routeros }}]
/ip address add address={{ management.ipv4.cidr }} interface={{ management.device_name | routeros }}
{%- if management.gateway %}
/ip route add dst-address=0.0.0.0/0 gateway={{ management.gateway }}
{%- endif %}
{%- if management.dns.length %}
/ip dns set servers={{ management.dns | join(",") }}
{%- endif %}
{%- endif %}
{%- if management.ipv6 %}
/ipv6 address add address={{ management.ipv6.cidr }} interface={{ management.device_name | routeros }} advertise=no
{%- endif %}
{%- endif %}
{%- for port in ports %}
{%- if port.mtu %}
/interface ethernet set [find default-name={{ port.device_name | routeros }}] mtu={{ port.mtu }}
{%- endif %}
{%- if port.description %}
/interface set [find default-name={{ port.device_name | routeros }}] comment={{ port.description | routeros }}
{%- endif %}
{%- if port.ipv4 %}
/ip address add address={{ port.ipv4.cidr }} interface={{ port.device_name | routeros }}
{%- endif %}
{%- if port.ipv6 %}
/ipv6 address add address={{ port.ipv6.cidr }} interface={{ port.device_name | routeros }} advertise=no
{%- endif %}
{%- endfor %}
/ip service enable [find name="ssh"]
/ip service enable [find name="api"]
/ip service enable [find name="www"]
