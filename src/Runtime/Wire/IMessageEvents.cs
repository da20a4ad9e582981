namespace Specgen.Wire;

/// <summary>What <see cref="MessageReader"/> makes of the fragments. Called while bytes are being read: nothing here may wait.</summary>
internal interface IMessageEvents
{
    /// <summary>Whether there is such a presentation context.</summary>
    bool IsAccepted(byte contextId);

    /// <summary>A command set has come, and its data set follows: where should it go?</summary>
    IDataSetSink BeginDataSet(byte contextId, CommandSet command);

    /// <summary>A message is there whole. The sink belongs to the receiver from now on.</summary>
    Violation? Received(byte contextId, CommandSet command, IDataSetSink? dataSet);

    /// <summary>A C-CANCEL-RQ (PS3.7 §9.3.2.3) for the request with this Message ID, which may be over already, or never have been.</summary>
    void Cancelled(ushort messageId);
}
