"""What accompanies an absence: the certificate, and contact with the member."""
