"""What the rules say of the way from applicant to full member, and what is due."""
