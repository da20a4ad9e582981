namespace Specgen.Network;

/// <summary>What <see cref="MessageReader"/> makes of the fragments. Called while bytes are being read: nothing here may wait.</summary>
internal interface IMessageEvents
{
    /// <summary>Null when the presentation context was not accepted.</summary>
    NegotiatedContext? FindContext(byte id);

    /// <summary>A command set has come, and its data set follows: where should it go?</summary>
    IDataSetSink BeginDataSet(NegotiatedContext context, CommandSet command);

    /// <summary>A message is there whole. The sink belongs to the receiver from now on.</summary>
    Violation? Received(NegotiatedContext context, CommandSet command, IDataSetSink? dataSet);

    /// <summary>A C-CANCEL-RQ (PS3.7 §9.3.2.3) for the request with this Message ID, which may be over already, or never have been.</summary>
    void Cancelled(ushort messageId);
}
