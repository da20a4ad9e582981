namespace Specgen;

/// <summary>How far a C-MOVE or C-GET has come, as its provider counts (PS3.7 §9.1.3, §9.1.4).</summary>
/// <param name="Remaining">Number of Remaining Sub-operations (0000,1020); <see langword="null"/> where the provider does not say.</param>
/// <param name="Completed">Number of Completed Sub-operations (0000,1021).</param>
/// <param name="Failed">Number of Failed Sub-operations (0000,1022).</param>
/// <param name="Warning">Number of Warning Sub-operations (0000,1023).</param>
public readonly record struct RetrieveProgress(int? Remaining, int Completed, int Failed, int Warning);
