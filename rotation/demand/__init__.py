"""Demand: how many calls come, and how many agents they need.

Numbers in, numbers out: this folder knows neither files nor tables of the company nor the plan.
"""
