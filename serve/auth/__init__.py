"""Who is calling and what they may do: API keys of machines, accounts and sessions of people.

Start at `serve.auth.dependencies.require`; nothing here decides which route needs which role.
"""
