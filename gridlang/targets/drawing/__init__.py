"""The drawings of a plan: flowcharts, Integration Maps, the journey and the year, as SVG with stable ids.

Graphviz' dot finds the coordinates (`layout`), text is measured by declared font metrics (`measure`), each drawing is a
`Picture` of plain shapes, and one template writes a picture as SVG.
"""
